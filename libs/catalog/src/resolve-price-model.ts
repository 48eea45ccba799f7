import type { UsagePriceModel } from '@ronghe/contracts';
import { amountFromDecimal } from '@ronghe/kernel';
import type { FieldPath } from './authored-file';
import type { PricePer, Quantity } from './authored-measures';
import type { Located, ProblemList } from './authored-set';
import { unitOf, unitsIn } from './price-units';
import { resolveRates } from './resolve-rates';
import { modelFields, type AuthoredUsagePrice } from './usage-price-schema';

type ModelField = keyof typeof modelFields;

const fieldNames = Object.keys(modelFields) as ModelField[];
/** Models that price the amount that an event brings along. */
const ofOwnAmount: readonly ModelField[] = ['percentage', 'graduatedPercentage', 'dynamic'];

/** The model that a price names; null where it names none or several, which is reported. */
export function resolveModel(at: Located<AuthoredUsagePrice>, list: ProblemList): UsagePriceModel | null {
  const named = fieldNames.filter((field) => at.value[field] !== undefined);
  const [field] = named;
  if (field === undefined || named.length > 1) {
    const message = field ? 'only one of these says what usage costs' : 'needs what usage costs: one';
    list.add(at, field ? [named[1] ?? field] : ['price'], `${message} of ${fieldNames.join(', ')}`);
    return null;
  }
  checkCompany(at, field, list);
  return modelOf(at, list);
}

/** What stands beside the model and does not go with it. */
function checkCompany(at: Located<AuthoredUsagePrice>, field: ModelField, list: ProblemList): void {
  const { usage, price, atMost, zonePlan, calendar, free } = at.value;
  const isByOwnAmount = ofOwnAmount.includes(field);
  const isPerEvent = price?.per === 'event';
  if (isByOwnAmount && usage !== 'content') {
    list.add(at, [field], `${usage} has no amount of its own: only content has`);
  }
  if (atMost && (field !== 'price' || isPerEvent || atMost.per === 'event')) {
    list.add(at, ['atMost'], 'goes with a price per unit, for a block of units, such as 5.00 per GB');
  }
  if (field !== 'rates') {
    if (zonePlan !== undefined) list.add(at, ['zonePlan'], 'goes with rates');
    if (calendar !== undefined) list.add(at, ['calendar'], 'goes with rates');
  }
  if (free && (isByOwnAmount || isPerEvent || field === 'rates')) {
    list.add(at, ['free'], `does not go with ${isPerEvent ? 'a price per event' : field}`);
  }
}

function modelOf(at: Located<AuthoredUsagePrice>, list: ProblemList): UsagePriceModel | null {
  const { price, graduated, volume, graduatedPercentage, rates, dynamic, percentage } = at.value;
  const unit = unitOf(at.value);
  const perUnits = (authored: { amount: string; per: Quantity }) => ({
    amount: authored.amount,
    per: unitsIn(authored.per, unit),
  });
  const end = (upTo: Quantity | undefined) => (upTo ? unitsIn(upTo, unit) : null);
  if (price) return simpleModel(price, at.value.atMost, perUnits);
  if (at.value.package) {
    const { price: each, begun } = at.value.package;
    const { amount, per: size } = perUnits(each);
    return { kind: 'package', price: amount, size, rounding: begun === 'charged' ? 'up' : 'down' };
  }
  if (graduated) {
    checkTiers(
      at,
      'graduated',
      graduated.map(({ upTo }) => upTo?.units),
      list,
    );
    const tiers = graduated.map(({ upTo, price: each, once, atMost }) => ({
      upTo: end(upTo),
      price: perUnits(each),
      flat: once ?? '0',
      maximum: atMost ?? null,
    }));
    return { kind: 'graduated', tiers };
  }
  if (volume) {
    checkTiers(
      at,
      'volume',
      volume.map(({ upTo }) => upTo?.units),
      list,
    );
    const tiers = volume.map(({ upTo, price: each, once }) => ({
      upTo: end(upTo),
      price: perUnits(each),
      flat: once ?? '0',
    }));
    return { kind: 'volume', tiers };
  }
  if (percentage) return percentageModel(at, percentage, list);
  if (graduatedPercentage) {
    checkTiers(
      at,
      'graduatedPercentage',
      graduatedPercentage.map(({ upTo }) => (upTo === undefined ? undefined : amountFromDecimal(upTo))),
      list,
    );
    const tiers = graduatedPercentage.map(({ upTo, percent, once }) => ({
      upTo: upTo ?? null,
      percent,
      flat: once ?? '0',
    }));
    return { kind: 'graduated-percentage', tiers };
  }
  if (dynamic) return { kind: 'dynamic', multiplier: dynamic.times };
  return rates ? { kind: 'rates', rates: resolveRates(at, rates, list) } : null;
}

type PerUnits = (authored: { amount: string; per: Quantity }) => { amount: string; per: string };

function simpleModel(price: PricePer, atMost: PricePer | undefined, perUnits: PerUnits): UsagePriceModel {
  if (price.per === 'event') return { kind: 'flat', amount: price.amount };
  const unitPrice = perUnits({ amount: price.amount, per: price.per });
  if (!atMost || atMost.per === 'event') return { kind: 'per-unit', price: unitPrice };
  const block = perUnits({ amount: atMost.amount, per: atMost.per });
  return { kind: 'repeating-step', price: unitPrice, blockUnits: block.per, blockMaximum: block.amount };
}

function percentageModel(
  at: Located<AuthoredUsagePrice>,
  {
    percent,
    perEvent,
    atLeast,
    atMost,
    freeEvents,
    freeAmount,
  }: NonNullable<AuthoredUsagePrice['percentage']>,
  list: ProblemList,
): UsagePriceModel {
  if (
    atLeast !== undefined &&
    atMost !== undefined &&
    amountFromDecimal(atLeast) > amountFromDecimal(atMost)
  ) {
    list.add(at, ['percentage', 'atLeast'], `is more than atMost, ${atMost}`);
  }
  return {
    kind: 'percentage',
    percent,
    fixedPerEvent: perEvent ?? '0',
    minimumPerEvent: atLeast ?? null,
    maximumPerEvent: atMost ?? null,
    freeEvents: freeEvents ?? '0',
    freeAmount: freeAmount ?? null,
  };
}

/** Tiers rise, and only the last one is open. */
function checkTiers(
  at: Located<unknown>,
  name: ModelField,
  ends: readonly (bigint | undefined)[],
  list: ProblemList,
): void {
  ends.forEach((end, index) => {
    const field: FieldPath = [name, index, 'upTo'];
    const before = ends[index - 1];
    const isLast = index === ends.length - 1;
    if (isLast && end !== undefined) list.add(at, field, 'the last tier is open: leave upTo out');
    else if (!isLast && end === undefined) list.add(at, field, 'is missing: only the last tier is open');
    else if (end !== undefined && before !== undefined && end <= before) {
      list.add(at, field, 'must be more than that of the tier before');
    }
  });
}
