import {
  addDays,
  addMs,
  addRatios,
  instantAtLocalTime,
  instantToMs,
  localDateOf,
  localTimeMsOf,
  minRatio,
  multiplyRatios,
  ratioOf,
  startOfLocalDate,
  zeroRatio,
  type Instant,
  type Ratio,
} from '@ronghe/kernel';
import { appendSpan, stretchesOfSpans, type RateSpan, type RateStretch } from '@ronghe/rating';
import type { RateEntry, RateTable } from './rate-table';

/** Usage that a rate table prices. */
export interface PricedUsage {
  destination: string;
  /** Null: entries that ask for a time do not apply. */
  startedAt: Instant | null;
  zone: string;
  /** Seconds last, so that rates may change within; messages and volume are at their start. */
  isDuration: boolean;
}

/** Prices one event whatever its size: made once, asked for several sizes (a session that goes on). */
export interface EventPrice {
  /** Exact price of the units from `from` to `units`, connect fee and maximum included; nothing for no units. */
  between(from: bigint, units: bigint): Ratio;
  /** Units that are counted for so many: the last stretch in whole increments. */
  counted(units: bigint): bigint;
  /** How many stretches of one rate so many units have. */
  spans(units: bigint): number;
}

/**
 * The price of an event by a table. A call that crosses a band or midnight is split for its rate only; increments
 * are counted over the whole call (SEMANTICS §3). Asking throws DomainError('no_rate_for_destination').
 */
export function priceEvent(table: RateTable, usage: PricedUsage): EventPrice {
  const segmentsOf = (units: bigint) => stretchesOfSpans(spansOf(table, usage, units), units);
  return {
    between: (from, units) => {
      const segments = segmentsOf(units);
      const counted = segments.at(-1)?.to ?? 0n;
      const first = entryAtOffset(table, usage, 0n);
      if (units <= from || counted <= from) return zeroRatio;
      const price = segments.reduce(
        (sum, segment) => addRatios(sum, priceOf(segment, from)),
        first.connectFee,
      );
      return first.maximum === null ? price : minRatio(price, first.maximum);
    },
    counted: (units) => segmentsOf(units).at(-1)?.to ?? 0n,
    spans: (units) => spansOf(table, usage, units).length,
  };
}

/** The most units, at most `wanted`, whose price a budget covers; whole increments are found by halving. */
export function affordableUnits(price: EventPrice, from: bigint, wanted: bigint, budget: Ratio): bigint {
  let [low, high] = [from, wanted];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (isWithin(price.between(from, middle), budget)) low = middle;
    else high = middle - 1n;
  }
  return low;
}

function isWithin(amount: Ratio, budget: Ratio): boolean {
  return amount.numerator * budget.denominator <= budget.numerator * amount.denominator;
}

function spansOf(table: RateTable, usage: PricedUsage, units: bigint): RateSpan<RateEntry>[] {
  const spans: RateSpan<RateEntry>[] = [];
  let from = 0n;
  while (from < units) {
    const change =
      usage.isDuration && usage.startedAt !== null ? nextChange(table, usage, usage.startedAt, from) : units;
    const to = change < units ? change : units;
    appendSpan(spans, { from, to, rate: entryAtOffset(table, usage, from) });
    from = to;
  }
  return spans;
}

function entryAtOffset(
  table: RateTable,
  { destination, startedAt, zone, isDuration }: PricedUsage,
  offset: bigint,
) {
  if (startedAt === null) return table.entryAt(destination, null, 0);
  const at = isDuration ? addMs(startedAt, Number(offset) * 1000) : startedAt;
  return table.entryAt(destination, localDateOf(at, zone), localTimeMsOf(at, zone));
}

/** Seconds from the start to the next time of day at which the entry may change: the next midnight at the latest. */
function nextChange(
  table: RateTable,
  { destination, zone }: PricedUsage,
  startedAt: Instant,
  offset: bigint,
): bigint {
  const at = addMs(startedAt, Number(offset) * 1000);
  const [day, timeMs] = [localDateOf(at, zone), localTimeMsOf(at, zone)];
  const next = table.changesOf(destination).find((time) => time > timeMs);
  const change =
    next === undefined ? startOfLocalDate(addDays(day, 1), zone) : instantAtLocalTime(day, next, zone);
  const seconds = BigInt(Math.ceil((instantToMs(change) - instantToMs(startedAt)) / 1000));
  return seconds > offset ? seconds : offset + 1n;
}

function priceOf({ from, to, rate, step }: RateStretch<RateEntry>, since: bigint): Ratio {
  const begin = from > since ? from : since;
  const price = rate.steps[step];
  return price && to > begin ? multiplyRatios(price.price, ratioOf(to - begin, price.perUnits)) : zeroRatio;
}
