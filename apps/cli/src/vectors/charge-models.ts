import { commitmentTrueUp, shareFreeUnits } from '@ronghe/rating';
import { currencyDecimals, roundRatio, sumRatios } from '@ronghe/kernel';
import { compare } from './compare';
import { type Fields } from './fields';
import type { Outcome } from './outcome';
import { replayPercentage } from './percentage';
import { replayPeriodCharge } from './period-charges';

/** `charge_models.json`: one vector, by its `model`. */
export function replayChargeModel(vector: Fields): Outcome {
  const model = vector.text('model');
  const tariff = vector.object('tariff').skip('model');
  const usage = vector.object('usage');
  switch (model) {
    case 'percentage':
      return replayPercentage(vector, tariff, usage);
    case 'usage_discount':
      return replayFreeUnits(vector, tariff, usage);
    case 'rounding':
    case 'rounding_sum':
      return replayRounding(vector, tariff, usage);
    case 'commitment_true_up':
      return replayTrueUp(vector, tariff, usage);
    default:
      return replayPeriodCharge(vector, model, tariff, usage);
  }
}

function replayFreeUnits(vector: Fields, tariff: Fields, usage: Fields): Outcome {
  const share = shareFreeUnits(
    tariff.decimal('freeUnits'),
    usage.decimal('alreadyUsed'),
    usage.decimal('quantity'),
  );
  tariff.finish();
  usage.finish();
  const { freeUsedBefore, freeUsedNow, billableBefore, billable } = share;
  return compare(
    { freeUsedBefore, freeUsedNow, billableBefore, billableQuantity: billable },
    vector.take('expected'),
  );
}

function replayRounding(vector: Fields, tariff: Fields, usage: Fields): Outcome {
  const decimals = currencyDecimals(tariff.text('currency'));
  const mode = tariff.oneOf('mode', ['half_up', 'up']);
  const isEach = tariff.flag('roundEachLineBeforeSum');
  const raw = usage.has('lines') ? usage.decimals('lines') : [usage.decimal('rawAmount')];
  tariff.finish();
  usage.finish();
  const lines = isEach ? raw.map((line) => roundRatio(line, decimals, mode)) : raw;
  return compare({ amount: roundRatio(sumRatios(lines), decimals, mode) }, vector.take('expected'));
}

function replayTrueUp(vector: Fields, tariff: Fields, usage: Fields): Outcome {
  const decimals = currencyDecimals(tariff.text('currency'));
  const used = usage.decimal('usedAmount');
  const subtracted = tariff.flag('roundUsageBeforeSubtract') ? roundRatio(used, decimals) : used;
  const trueUp = roundRatio(commitmentTrueUp(tariff.decimal('commitment'), subtracted), decimals);
  tariff.finish();
  usage.finish();
  return compare({ trueUp }, vector.take('expected'));
}
