import { addMs, instantToMs, type Instant } from '@ronghe/kernel';

/** So many failures within the window … */
export const FAILURE_LIMIT = 10;
/** … of 15 minutes, by the system clock, and the name is locked until the oldest of them is out of it. */
export const WINDOW_MS = 15 * 60_000;

/** Whether an attempt may go on, and the failures to store. */
export type AttemptDecision =
  { allowed: true; failures: Instant[] } | { allowed: false; failures: Instant[]; retryAfterSeconds: number };

/**
 * Decides on an attempt before the password is looked at, and counts it as a failure until it has succeeded: so many
 * attempts at once cannot get more than the limit. An attempt while locked does not prolong the lock.
 * @param failures earlier failures in any order.
 */
export function decideAttempt(failures: readonly Instant[], now: Instant): AttemptDecision {
  // Clocks of several processes differ a little: a failure that lies ahead counts as well.
  const [windowStart, windowEnd] = [addMs(now, -WINDOW_MS), addMs(now, WINDOW_MS)];
  const recent = failures.filter((at) => at > windowStart && at < windowEnd).sort();
  const [oldest] = recent;
  if (recent.length >= FAILURE_LIMIT && oldest) {
    const retryAfterMs = instantToMs(oldest) + WINDOW_MS - instantToMs(now);
    return { allowed: false, failures: recent, retryAfterSeconds: Math.ceil(retryAfterMs / 1000) };
  }
  return { allowed: true, failures: [...recent, now] };
}
