import { compareText } from './compare-text';
import type { RatedUsage, UsageEvent } from './rate-usage';
import type { RatingState } from './rating-state';
import { UsageMeter } from './usage-meter';
import type { UsagePlan } from './usage-plan';

/** Canonical order: late ones last, then by start, source, record id. A total order for sort(). SEMANTICS §3. */
export function compareUsage(a: UsageEvent, b: UsageEvent): number {
  if (a.isLate !== b.isLate) return a.isLate ? 1 : -1;
  return (
    compareText(a.usedAt, b.usedAt) || compareText(a.source, b.source) || compareText(a.recordId, b.recordId)
  );
}

/**
 * Rates all events of one card group and period in canonical order, whatever order they are given in; `rated` is
 * in canonical order. Rating the same events again from the same state gives the same result.
 */
export function ratePeriod(
  initialState: RatingState,
  events: readonly UsageEvent[],
  planOf: (event: UsageEvent) => UsagePlan,
): { rated: RatedUsage[]; state: RatingState } {
  const meter = new UsageMeter(initialState);
  const rated = [...events].sort(compareUsage).map((event) => meter.rate(event, planOf(event)));
  return { rated, state: meter.state() };
}
