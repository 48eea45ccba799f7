import type { UsagePrice, UsagePriceModel, UsageUnit } from '@ronghe/contracts';
import {
  amountFromDecimal,
  assertNever,
  maxAmount,
  minAmount,
  ratioFromDecimal,
  ratioOf,
  zeroAmount,
  zeroRatio,
  type Amount,
  type Ratio,
} from '@ronghe/kernel';
import type { CompiledModel } from './models/compiled-model';
import { compileDocumentModel, compilePercentageOfEvents, ratioOfAmount } from './models/document-model';
import { compileFlat } from './models/flat';
import { compilePerUnit } from './models/per-unit';
import { compileRepeatingStep } from './models/repeating-step';
import { roundedAmount } from './rounded-amount';
import { roundDecimals } from './round-event';
import type { Counter } from './rating-state';
import { compileRates, type CompiledRates } from './usage-rates';

/** A usage price made ready: compiled once per version, then used for every event. */
export interface CompiledUsagePrice {
  readonly document: UsagePrice;
  readonly model: CompiledModel;
  /** Set where the price is by zone, band and step; the cells' counters are priced by these. */
  readonly rates: CompiledRates | null;
  /** What one event of so many measured units (seconds, KB, messages) counts, in measured units. */
  countMeasured(measured: bigint): bigint;
  /** The same in units (minutes, KB, messages): a begun one counts. */
  countUnits(measured: bigint): bigint;
  /** Measured units in a unit: 60 seconds in a minute. */
  readonly measuredPerUnit: bigint;
  /** Units of a counter that cost nothing. */
  readonly freeUnits: bigint;
  /** What an event costs does not follow from sums of units: counters add up exact prices. */
  readonly isEventPriced: boolean;
  /** An event's price as the tariff rounds it. */
  roundEvent(price: Ratio): Ratio;
  /** The exact price of all that the counter holds, connect fees included, before minimum, maximum and cap. */
  totalOf(counter: Counter): Ratio;
  /** Units that begin within so many measured ones, increments already counted. */
  unitsOf(counted: bigint): bigint;
  /** R of it. */
  priceOf(counter: Counter): Amount;
  /** What the counter's events have come to, not less than the period's minimum, not more than its maximum and the cap. */
  cappedPriceOf(counter: Counter): Amount;
  /** What a period's sum comes to within its minimum, maximum and cap; nothing before the first event. */
  limit(sum: Amount, hasEvents: boolean): Amount;
  /** It has a minimum, a maximum or a cap: its counters keep what events were worth before these. */
  readonly isLimited: boolean;
  /** Null: no cap. */
  readonly cap: Amount | null;
}

const measuredPerUnit: Record<UsageUnit, bigint> = { minute: 60n, second: 1n, message: 1n, kb: 1n, item: 1n };
const compiled = new WeakMap<UsagePrice, CompiledUsagePrice>();

/**
 * Compiles a usage price; the same document object is compiled once.
 * Throws DomainError('invalid_ratio' | 'invalid_amount' | 'tiers_invalid') for figures that are none.
 */
export function compileUsagePrice(price: UsagePrice): CompiledUsagePrice {
  const known = compiled.get(price);
  if (known) return known;
  const perUnit = measuredPerUnit[price.unit];
  const rates =
    price.model.kind === 'rates' ? compileRates(price.model.rates, perUnit, price.connectFee) : null;
  const model = compileModel(price.model);
  const countMeasured = measuredCounter(price);
  const unitsOf = unitCounter(perUnit);
  const isEventPriced =
    model.eventPrice !== undefined || Boolean(price.roundEvent) || rates?.hasEventMaximum === true;
  const totalOf = totalCounter(price, model, isEventPriced);
  const limit = limiter(price);
  const priceOf = rates
    ? ({ spent = zeroAmount }: Counter) => spent
    : (counter: Counter) => roundedAmount(totalOf(counter));
  const result: CompiledUsagePrice = {
    document: price,
    model,
    rates,
    countMeasured,
    unitsOf,
    countUnits: (measured) => unitsOf(countMeasured(measured)),
    measuredPerUnit: perUnit,
    freeUnits: BigInt(price.freeUnits ?? '0'),
    isEventPriced,
    roundEvent: eventRounder(price),
    totalOf,
    priceOf,
    cappedPriceOf: (counter) => limit(counter.spent ?? priceOf(counter), counter.events > 0n),
    limit,
    isLimited: Boolean(price.minimumSpend ?? price.maximumSpend ?? price.cap),
    cap: price.cap === null ? null : amountFromDecimal(price.cap.amount),
  };
  compiled.set(price, result);
  return result;
}

/** At least `initial`, then whole `repeat`s; nothing counts nothing. SEMANTICS §3. */
function measuredCounter({ increment: { initial, repeat } }: UsagePrice): (measured: bigint) => bigint {
  return (measured) => {
    if (measured <= 0n) return 0n;
    if (repeat === 1 && initial <= 1) return measured;
    const number = Number(measured);
    if (number > SAFE_MEASURE) {
      return BigInt(initial) + roundUp(measured - BigInt(initial), BigInt(repeat)) * BigInt(repeat);
    }
    const beyond = number - initial;
    return BigInt(beyond <= 0 ? initial : initial + wholeOnes(beyond, repeat) * repeat);
  };
}

/** Units of so many measured ones; a begun one counts. */
function unitCounter(perUnit: bigint): (counted: bigint) => bigint {
  const size = Number(perUnit);
  if (size === 1) return (counted) => counted;
  return (counted) => {
    const number = Number(counted);
    return number > SAFE_MEASURE ? roundUp(counted, perUnit) : BigInt(wholeOnes(number, size));
  };
}

/** Up to here machine numbers are exact, whatever increments are added. */
const SAFE_MEASURE = Number.MAX_SAFE_INTEGER / 4;

/** How many of a size cover so much; both are whole. */
function wholeOnes(value: number, size: number): number {
  const rest = value % size;
  return (value - rest) / size + (rest === 0 ? 0 : 1);
}

function roundUp(value: bigint, step: bigint): bigint {
  return (value + step - 1n) / step;
}

/** What a price counts of a counter's units: those beyond the free ones. */
export function billableUnits(price: CompiledUsagePrice, units: bigint): bigint {
  return units > price.freeUnits ? units - price.freeUnits : 0n;
}

function totalCounter(price: UsagePrice, model: CompiledModel, isEventPriced: boolean) {
  if (price.model.kind === 'rates') return ({ spent = zeroAmount }: Counter) => ratioOfAmount(spent);
  if (isEventPriced) return ({ price: sum = zeroRatio }: Counter) => sum;
  return exactCounter(price, model);
}

/** The exact price by what a counter has counted. */
function exactCounter(price: UsagePrice, model: CompiledModel): (counter: Counter) => Ratio {
  const free = BigInt(price.freeUnits ?? '0');
  const fee = price.connectFee === null ? null : ratioFromDecimal(price.connectFee);
  return (counter) => {
    const total = model.total(free === 0n ? counter : { ...counter, units: beyond(counter.units, free) });
    if (fee === null) return total;
    return {
      numerator: total.numerator * fee.denominator + fee.numerator * counter.events * total.denominator,
      denominator: total.denominator * fee.denominator,
    };
  };
}

function beyond(units: bigint, free: bigint): bigint {
  return units > free ? units - free : 0n;
}

/**
 * The exact price of one event, connect fee included, as the tariff rounds it: for prices whose counters add up
 * exact prices (`isEventPriced`) and that have no rates.
 */
export function eventPriceOf(
  price: CompiledUsagePrice,
  before: Counter,
  after: Counter,
  amount: Amount,
): Ratio {
  const { model, document } = price;
  if (!model.eventPrice) {
    const exact = exactCounter(document, model);
    return price.roundEvent(differenceOf(exact(after), exact(before)));
  }
  const fee = document.connectFee === null ? zeroRatio : ratioFromDecimal(document.connectFee);
  return price.roundEvent(
    differenceOf(model.eventPrice(before, amount), { ...fee, numerator: -fee.numerator }),
  );
}

function differenceOf(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
}

function eventRounder({ roundEvent }: UsagePrice): (price: Ratio) => Ratio {
  if (!roundEvent) return (price) => price;
  const { decimals, mode } = roundEvent;
  return (price) => roundDecimals(price, decimals, mode);
}

function limiter(price: UsagePrice): CompiledUsagePrice['limit'] {
  const read = (text: string | null | undefined) => (text ? amountFromDecimal(text) : null);
  const minimum = read(price.minimumSpend);
  const upper = [read(price.maximumSpend), read(price.cap?.amount)].flatMap((limit) => limit ?? []);
  const maximum = upper.length === 0 ? null : upper.reduce(minAmount);
  if (minimum === null && maximum === null) return (sum) => sum;
  return (sum, hasEvents) => {
    const raised = minimum === null || !hasEvents ? sum : maxAmount(sum, minimum);
    return maximum === null ? raised : minAmount(raised, maximum);
  };
}

function compileModel(model: UsagePriceModel): CompiledModel {
  switch (model.kind) {
    case 'flat':
      return compileFlat(model);
    case 'per-unit':
      return compilePerUnit(model);
    case 'repeating-step':
      return compileRepeatingStep(model);
    case 'package':
    case 'graduated':
    case 'volume':
    case 'graduated-percentage':
    case 'dynamic':
      return compileDocumentModel(model);
    case 'percentage':
      return compilePercentageOfEvents(model);
    case 'rates':
      return { total: () => zeroRatio, pricesAmounts: false, explain: () => null };
    default:
      return assertNever(model);
  }
}

/** A counter before any usage. */
export const emptyCounter: Counter = { units: 0n, events: 0n };
