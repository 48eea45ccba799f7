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
import type { RateEntry, RateStep, RateTable } from './rate-table';

/** Usage that a rate table prices. */
export interface PricedUsage {
  destination: string;
  /** Null: entries that ask for a time do not apply. */
  startedAt: Instant | null;
  zone: string;
  /** Seconds last, so that rates may change within; messages and volume are at their start. */
  isDuration: boolean;
}

/** A stretch of one event under one entry, in units from its start. */
interface Span {
  from: bigint;
  to: bigint;
  entry: RateEntry;
}

/** A stretch under one step of an entry. */
interface Segment {
  from: bigint;
  to: bigint;
  step: RateStep;
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
  const segmentsOf = (units: bigint) =>
    roundUpLast(spansOf(table, usage, units).flatMap(segmentsOfSpan), units);
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

function spansOf(table: RateTable, usage: PricedUsage, units: bigint): Span[] {
  const spans: Span[] = [];
  let from = 0n;
  while (from < units) {
    const change =
      usage.isDuration && usage.startedAt !== null ? nextChange(table, usage, usage.startedAt, from) : units;
    const to = change < units ? change : units;
    const entry = entryAtOffset(table, usage, from);
    const last = spans.at(-1);
    if (last?.entry === entry) last.to = to;
    else spans.push({ from, to, entry });
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

function segmentsOfSpan({ from, to, entry }: Span): Segment[] {
  return entry.steps.flatMap((step, index) => {
    const end = entry.steps[index + 1]?.from ?? to;
    const segment = { from: step.from > from ? step.from : from, to: end < to ? end : to, step };
    return segment.from < segment.to ? [segment] : [];
  });
}

/** The last stretch is counted in whole increments from where its step begins. */
function roundUpLast(segments: Segment[], units: bigint): Segment[] {
  const last = segments.at(-1);
  if (!last) return segments;
  const { from, increment } = last.step;
  const to = from + ((units - from + increment - 1n) / increment) * increment;
  return [...segments.slice(0, -1), { ...last, to }];
}

function priceOf({ from, to, step }: Segment, since: bigint): Ratio {
  const begin = from > since ? from : since;
  return to > begin ? multiplyRatios(step.price, ratioOf(to - begin, step.perUnits)) : zeroRatio;
}
