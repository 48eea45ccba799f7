import { maxInstant, minInstant, type Instant } from './instant';

/** Half-open: `from` belongs to it, `to` does not. Empty when from = to. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** from ≤ instant < to. */
export function contains(period: Period, instant: Instant): boolean {
  return period.from <= instant && instant < period.to;
}

/** What two periods share; null when nothing, also where one ends as the other starts. */
export function overlap(a: Period, b: Period): Period | null {
  const from = maxInstant(a.from, b.from);
  const to = minInstant(a.to, b.to);
  return from < to ? { from, to } : null;
}
