import type { LocalizedText, Rollover, UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { SharedValues } from './shared-values';

/** Values of buckets' columns as PostgreSQL writes them as text. */

/** The session's zone is UTC: `2026-06-01 00:00:00+00`. */
export const instants = new SharedValues((text): Instant => new Date(text).toISOString() as Instant);
export const labels = new SharedValues((text): LocalizedText => JSON.parse(text) as LocalizedText);
/** `{voice,data}`. */
export const classes = new SharedValues((text): UsageClass[] => text.slice(1, -1).split(',') as UsageClass[]);
export const rollovers = new SharedValues((text): Rollover => JSON.parse(text) as Rollover);

/** Units by member. */
export function usedFrom(text: string): Record<string, bigint> {
  const stored = JSON.parse(text) as Record<string, string>;
  return Object.fromEntries(Object.entries(stored).map(([id, units]) => [id, BigInt(units)]));
}
