import { DomainError, weekdayOf, type LocalDate, type Ratio } from '@ronghe/kernel';

/** A part of a rate: from an offset into the usage on, `price` for every `perUnits`, counted in whole increments. */
export interface RateStep {
  from: bigint;
  price: Ratio;
  perUnits: bigint;
  increment: bigint;
}

/** What usage to some destinations costs at some times. */
export interface RateEntry {
  /** Beginnings of destinations; empty: all. */
  prefixes: readonly string[];
  /** ISO weekdays, months and days of the month on which it holds; null: all. */
  weekdays: readonly number[] | null;
  months: readonly number[] | null;
  monthDays: readonly number[] | null;
  /** Holds from this local time of day, in milliseconds, to the next entry of the day. */
  fromTimeMs: number;
  /** Higher wins over whatever begins later in the day (a holiday over its weekday). */
  weight: number;
  connectFee: Ratio;
  /** By rising `from`; the first is 0. */
  steps: readonly RateStep[];
  /** The most that one event costs, connect fee included; null: no limit. */
  maximum: Ratio | null;
}

/** Entries by destination, made ready: finding one takes as many look-ups as a destination has characters. */
export interface RateTable {
  /** The entry for a destination at a local time. Throws DomainError('no_rate_for_destination', 'not_found'). */
  entryAt(destination: string, day: LocalDate | null, timeMs: number): RateEntry;
  /** Local times of day at which an entry for the destination may change, ascending. */
  changesOf(destination: string): readonly number[];
}

/** Makes a table ready. SEMANTICS §3: the longest prefix wins, then the weight, then the latest beginning. */
export function compileRateTable(entries: readonly RateEntry[]): RateTable {
  const byPrefix = new Map<string, RateEntry[]>();
  for (const entry of entries) {
    for (const prefix of entry.prefixes.length === 0 ? [''] : entry.prefixes) {
      const list = byPrefix.get(prefix) ?? [];
      byPrefix.set(prefix, [...list, entry]);
    }
  }
  for (const list of byPrefix.values()) {
    list.sort((a, b) => b.weight - a.weight || b.fromTimeMs - a.fromTimeMs);
  }
  return {
    entryAt: (destination, day, timeMs) => {
      for (const candidates of longestFirst(destination, byPrefix)) {
        const entry = candidates.find(
          (candidate) => candidate.fromTimeMs <= timeMs && holdsOn(candidate, day),
        );
        if (entry) return entry;
      }
      throw new DomainError(
        'no_rate_for_destination',
        'not_found',
        `no rate for ${destination.slice(0, 40)}`,
        {
          destination: destination.slice(0, 40),
        },
      );
    },
    changesOf: (destination) => {
      const times = [...longestFirst(destination, byPrefix)].flatMap((list) =>
        list.map((entry) => entry.fromTimeMs),
      );
      return [...new Set(times)].sort((a, b) => a - b);
    },
  };
}

function* longestFirst(
  destination: string,
  byPrefix: ReadonlyMap<string, RateEntry[]>,
): Generator<RateEntry[]> {
  for (let length = destination.length; length >= 0; length -= 1) {
    const candidates = byPrefix.get(destination.slice(0, length));
    if (candidates) yield candidates;
  }
}

/** Without a day only entries hold that ask for none. */
function holdsOn({ weekdays, months, monthDays }: RateEntry, day: LocalDate | null): boolean {
  const holds = (list: readonly number[] | null, of: (date: LocalDate) => number) =>
    list === null || (day !== null && list.includes(of(day)));
  return (
    holds(weekdays, weekdayOf) &&
    holds(months, (date) => Number(date.slice(5, 7))) &&
    holds(monthDays, (date) => Number(date.slice(8)))
  );
}
