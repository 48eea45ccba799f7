import { daysBetween, type LocalDate } from '@ronghe/kernel';
import { sharedDays } from './period-share';
import type { DayRange } from './holding';

/** Something that holds on some days. */
export interface HeldOnDays {
  days: readonly DayRange[];
}

/** So many days on which the same things hold. */
export interface DayPart<T> {
  days: number;
  held: T[];
}

/**
 * Splits days by what holds on them; days on which the same things hold are one part, wherever they lie. The parts on
 * which most hold come first, among equals the earlier ones.
 */
export function splitDays<T extends HeldOnDays>(days: DayRange, things: readonly T[]): DayPart<T>[] {
  const parts = new Map<string, DayPart<T>>();
  for (const piece of piecesOf(days, things)) {
    const held = things.filter((thing) => thing.days.some((range) => sharedDays(piece, range) > 0));
    const key = held.map((thing) => things.indexOf(thing)).join();
    const part = parts.get(key) ?? { days: 0, held };
    part.days += daysBetween(piece.from, piece.to);
    parts.set(key, part);
  }
  return [...parts.values()].sort((a, b) => b.held.length - a.held.length);
}

/** How many of the days any of the ranges touches. */
export function daysHeld(days: DayRange, ranges: readonly DayRange[]): number {
  const part = splitDays(days, [{ days: ranges }]).find(({ held }) => held.length > 0);
  return part?.days ?? 0;
}

/** Cut wherever something begins or ends. */
function piecesOf(days: DayRange, things: readonly HeldOnDays[]): DayRange[] {
  const edges = things.flatMap((thing) => thing.days.flatMap(({ from, to }) => [from, to]));
  const inside = edges.filter((day) => day > days.from && day < days.to);
  const cuts: LocalDate[] = [...new Set([days.from, ...inside, days.to])].sort();
  return cuts.slice(1).map((to, index) => ({ from: cuts[index] ?? days.from, to }));
}
