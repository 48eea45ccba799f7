import type { UsagePrice } from '@ronghe/contracts';
import { amountFromDecimal } from '@ronghe/kernel';
import type { Located, ProblemList } from './authored-set';
import { checkPriceDates } from './check-price-dates';
import { measureOfClass, quantitiesOf, unitOf, unitsIn } from './price-units';
import { resolveModel } from './resolve-price-model';
import type { AuthoredTariff, AuthoredUsagePrice } from './usage-price-schema';

/** The prices of a tariff as documents. A price with a problem is reported and left out. */
export function resolveTariff(tariff: Located<AuthoredTariff>, list: ProblemList): UsagePrice[] {
  checkPriceDates(tariff, list);
  return tariff.value.prices.flatMap((authored, index) => {
    const at: Located<AuthoredUsagePrice> = {
      value: authored,
      file: tariff.file,
      path: [...tariff.path, 'prices', index],
    };
    const before = list.problems.length;
    checkUnits(at, list);
    checkBounds(at, list);
    const model = list.problems.length === before ? resolveModel(at, list) : null;
    return model && list.problems.length === before ? [priceOf(authored, model)] : [];
  });
}

function priceOf(authored: AuthoredUsagePrice, model: UsagePrice['model']): UsagePrice {
  const { free, minimumSpend, maximumSpend, roundEach, inForce, counted } = authored;
  const unit = unitOf(authored);
  return {
    code: authored.code,
    usageClass: authored.usage,
    chargeClass: authored.chargeClass,
    label: authored.label,
    taxClass: authored.taxClass,
    unit,
    increment: { initial: counted?.initial ?? 1, repeat: counted?.repeat ?? 1 },
    model,
    connectFee: authored.connectFee ?? null,
    counter: authored.counter,
    cap: authored.stopAt === undefined ? null : { amount: authored.stopAt, action: 'stop' },
    // Left out where they say nothing, so that a published document stays the same.
    ...(free && { freeUnits: unitsIn(free, unit) }),
    ...(minimumSpend !== undefined && { minimumSpend }),
    ...(maximumSpend !== undefined && { maximumSpend }),
    ...(roundEach && { roundEvent: roundEach }),
    ...(inForce && { inForce: { from: inForce.from, to: inForce.to ?? null } }),
  };
}

function checkUnits(at: Located<AuthoredUsagePrice>, list: ProblemList): void {
  const { usage, counted } = at.value;
  const measure = measureOfClass[usage];
  for (const { field, quantity } of quantitiesOf(at.value)) {
    if (quantity.measure !== measure) list.add(at, field, `${usage} is not priced by this unit`);
  }
  if (usage === 'voice' && !counted) {
    list.add(at, ['counted'], 'is missing: voice needs increments such as 60+60 s');
  }
  if (counted && counted.measure !== measure) {
    list.add(at, ['counted'], `${usage} is not counted in this unit`);
  }
}

/** What a period may cost at least and at most does not contradict itself. */
function checkBounds(at: Located<AuthoredUsagePrice>, list: ProblemList): void {
  const { minimumSpend, maximumSpend, stopAt } = at.value;
  if (maximumSpend !== undefined && stopAt !== undefined) {
    list.add(at, ['maximumSpend'], 'does not go with stopAt: the service goes on or it stops');
  }
  const most = maximumSpend ?? stopAt;
  if (
    minimumSpend !== undefined &&
    most !== undefined &&
    amountFromDecimal(minimumSpend) > amountFromDecimal(most)
  ) {
    list.add(at, ['minimumSpend'], `is more than the most that a period costs, ${most}`);
  }
}
