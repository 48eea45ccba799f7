import {
  applyCredits,
  chargePeriod,
  creditsUsed,
  type ChargePart,
  type MeasuredUsage,
  type PeriodCharge,
  type PeriodLimits,
  type PeriodProgress,
} from '@ronghe/rating';
import {
  addRatios,
  compareRatios,
  currencyDecimals,
  divideRatios,
  roundRatio,
  subtractRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';
import { chargeModelOf } from './charge-model-of';
import { compare, type Figure } from './compare';
import { fieldsOf, type Fields } from './fields';
import type { Outcome } from './outcome';

/** The models that charge a period's quantity, with limits, earlier runs and credits. */
export function replayPeriodCharge(vector: Fields, name: string, tariff: Fields, usage: Fields): Outcome {
  const model = chargeModelOf(name, tariff);
  const limits: PeriodLimits = {
    discountPercent: tariff.textOr('discountPercent'),
    maximumSpend: tariff.textOr('maximumSpend'),
    minimumSpend: tariff.textOr('minimumSpend'),
  };
  const selectedBy = tariff.textOr('tierSelectedBy');
  const progress = progressOf(usage, selectedBy !== null);
  const credits = usage.decimals('credits');
  const decimals = decimalsOf(tariff);
  tariff.finish();
  usage.finish();
  const charge = chargePeriod(model, limits, progress);
  const lines = linesOf(charge.parts);
  const credited = applyCredits(
    lines.map(({ amount }) => amount),
    credits,
  );
  const amount = subtractRatios(charge.amount, creditsUsed(credited));
  const expected = vector.take('expected');
  return compare(
    {
      amount: decimals === null ? amount : roundRatio(amount, decimals),
      grossAmount: charge.gross,
      percentageDiscount: charge.percentageDiscount,
      maximumSpendDiscount: charge.maximumSpendDiscount,
      minimumSpendTopUp: charge.minimumSpendTopUp,
      creditsApplied: creditsUsed(credited),
      tierLines: charge.parts.map(({ tier, units, usage: used, flat }) => ({
        tier,
        units,
        usage: used,
        flat,
      })),
      perLine: lines.map(({ line }, index) => ({ line, credits: credited[index]?.credits ?? [] })),
      ...(model.kind === 'package' ? { packages: charge.parts[0]?.units ?? zeroRatio } : {}),
      ...unitAmount(charge, progress, expected),
    },
    expected,
  );
}

function progressOf(usage: Fields, hasSelector: boolean): PeriodProgress {
  const quantity = usage.decimal('quantity');
  const before = usage.decimalOr('alreadyRated');
  const billed = usage.decimalOr('alreadyBilled') ?? zeroRatio;
  const prerated = usage.decimalOr('preratedAmount');
  const preratedBefore = usage.decimalOr('preratedAlready');
  const tierQuantity = usage.has('fullQuantity') && hasSelector ? usage.decimal('fullQuantity') : null;
  const wasRated = [before, billed, preratedBefore].some(
    (figure) => figure !== null && compareRatios(figure, zeroRatio) > 0,
  );
  const measured = (units: Ratio, rated: Ratio | null): MeasuredUsage => ({
    quantity: units,
    ...(tierQuantity === null ? {} : { tierQuantity }),
    ...(rated === null ? {} : { preratedAmount: rated }),
  });
  const sum = (a: Ratio | null, b: Ratio | null) => addRatios(a ?? zeroRatio, b ?? zeroRatio);
  return {
    usage: measured(sum(before, quantity), prerated === null ? null : sum(preratedBefore, prerated)),
    ratedBefore: wasRated ? measured(before ?? zeroRatio, preratedBefore) : null,
    billedBefore: billed,
    isLast: !usage.has('lastInPeriod') || usage.flag('lastInPeriod'),
  };
}

/** Decimals that the tariff rounds a line to; null: it does not. */
function decimalsOf(tariff: Fields): number | null {
  const scale = tariff.textOr('currencyScale');
  const currency = tariff.textOr('currency');
  const isRounded = tariff.flag('roundLineToCurrency');
  if (scale !== null) return Number(scale);
  return currency !== null && isRounded ? currencyDecimals(currency) : null;
}

/** Usage and flat lines in the order of tiers, without those of nothing. */
function linesOf(parts: readonly ChargePart[]): { line: string; amount: Ratio }[] {
  return parts
    .flatMap(({ tier, usage, flat }) => [
      { line: `tier${tier} usage`, amount: usage },
      { line: `tier${tier} flat`, amount: flat },
    ])
    .filter(({ amount }) => compareRatios(amount, zeroRatio) > 0);
}

function unitAmount(charge: PeriodCharge, { usage, ratedBefore }: PeriodProgress, expected: unknown) {
  const wanted = fieldsOf(expected as never, 'expected').object('unitAmount');
  const scale = wanted.textOr('scale');
  const units = subtractRatios(usage.quantity, ratedBefore?.quantity ?? zeroRatio);
  if (scale === null || compareRatios(units, zeroRatio) === 0) return {};
  const value: Figure = roundRatio(divideRatios(charge.gross, units), Number(scale));
  return { unitAmount: { value, scale } };
}
