import { OpenCounter, OpenCounters, type CountedEffect } from './open-counters';
import type { Counter } from './rating-state';

/** Counters by key (`UsagePlan.counterKey`, and those of its cells); a missing one is zero. */
export type Counters = Readonly<Record<string, Counter>>;

/** What an event that goes on counts more: what it counts then, less what it has counted so far. */
export function countedBeyond(soFar: CountedEffect, then: CountedEffect): Counters {
  const counters = new OpenCounters({});
  counters.put(then);
  counters.takeBack(soFar);
  return withoutEmpty(Object.entries(counters.close()));
}

/** Counters with more counted in them, or with −1 less; one that comes to nothing is left out. */
export function movedCounters(counters: Counters, more: Counters, sign: 1n | -1n): Counters {
  const moved = new Map(Object.entries(counters));
  for (const [key, counted] of Object.entries(more)) {
    const counter = new OpenCounter(moved.get(key));
    if (sign > 0n) counter.add(counted);
    else counter.subtract(counted);
    moved.set(key, counter.close());
  }
  return withoutEmpty([...moved]);
}

/** Whether any of the counters is of a price: its own, or one of its cells. */
export function areOfPrice(counters: Counters, counterKey: string): boolean {
  const cells = `${counterKey}#`;
  for (const key in counters) if (key === counterKey || key.startsWith(cells)) return true;
  return false;
}

function withoutEmpty(counters: readonly (readonly [string, Counter])[]): Counters {
  return Object.fromEntries(counters.filter(([, counter]) => !isEmpty(counter)));
}

function isEmpty({ units, events, amount, price, spent }: Counter): boolean {
  return [units, events, amount, price?.numerator, spent].every((each) => (each ?? 0n) === 0n);
}
