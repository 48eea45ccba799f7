import type { Instant } from '@ronghe/kernel';

/**
 * The place of an event among all of its card group and period (SEMANTICS §3): what arrived after the period was
 * closed comes last, then by start, source and record id. Two events never have the same place.
 */
export interface UsagePlace {
  isLate: boolean;
  usedAt: Instant;
  source: string;
  recordId: string;
}

/** The place alone: a usage that it may have come with would be held for as long. */
export function placeOnly({ isLate, usedAt, source, recordId }: UsagePlace): UsagePlace {
  return { isLate, usedAt, source, recordId };
}

/** Negative when a comes before b. Text is compared by code unit, as the database does under `collate "C"`. */
export function comparePlaces(a: UsagePlace, b: UsagePlace): number {
  if (a.isLate !== b.isLate) return a.isLate ? 1 : -1;
  return (
    compareText(a.usedAt, b.usedAt) || compareText(a.source, b.source) || compareText(a.recordId, b.recordId)
  );
}

/** The later one; null is before everything. */
export function laterPlace(a: UsagePlace | null, b: UsagePlace | null): UsagePlace | null {
  if (!a || !b) return a ?? b;
  return comparePlaces(a, b) >= 0 ? a : b;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
