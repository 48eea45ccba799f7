import type { RatedUsage, UsageEvent } from './rate-usage';
import type { RatingState } from './rating-state';
import type { UsagePlan } from './usage-plan';

/** Canonical order: late ones last, then by start, source, record id. A total order for sort(). SEMANTICS §3. */
export function compareUsage(a: UsageEvent, b: UsageEvent): number {
  throw new Error(`not written yet: ${a.usageId} ${b.usageId}`);
}

/** Rates all events of one card group and period in canonical order, whatever order they are given in. */
export function ratePeriod(
  initialState: RatingState,
  events: readonly UsageEvent[],
  planOf: (event: UsageEvent) => UsagePlan,
): { rated: RatedUsage[]; state: RatingState } {
  throw new Error(`not written yet: ${initialState.buckets.length} ${events.length} ${planOf.name}`);
}
