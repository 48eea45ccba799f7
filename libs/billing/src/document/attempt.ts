import type { BillDeliveryPolicy } from '@ronghe/contracts';
import { addMs, instantFromIso, type Instant } from '@ronghe/kernel';

/** What is tried until it is done, or a person must look: a delivery, a tax invoice. */
export type AttemptState = 'waiting' | 'done' | 'dead';

/** The next attempt of what has not been tried: due whatever the clock says. */
export const AT_ONCE = instantFromIso('1970-01-01T00:00:00Z');
/** How long whoever tries has for it; then another may, because the first one may have died. */
export const LEASE_MS = 120_000;
/** The longest reason that is kept. */
const REASON_LIMIT = 500;

/** How often is tried what no policy says anything of. */
export const USUAL_RETRY: BillDeliveryPolicy['retry'] = {
  firstSeconds: 60,
  longestSeconds: 21_600,
  attempts: 12,
};

/** A failure that trying again does not mend: an address that does not exist, data that is refused. */
export class PermanentFailure extends Error {}

export interface AfterFailure {
  state: AttemptState;
  nextTryAt: Instant | null;
  reason: string;
}

/** What follows a failed attempt, the `attempts`-th: the next one after a pause that doubles each time, or none. */
export function afterFailure(
  error: unknown,
  attempts: number,
  retry: BillDeliveryPolicy['retry'],
  now: Instant,
): AfterFailure {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, REASON_LIMIT);
  if (error instanceof PermanentFailure || attempts >= retry.attempts)
    return { state: 'dead', nextTryAt: null, reason };
  return { state: 'waiting', nextTryAt: addMs(now, pauseSeconds(attempts, retry) * 1000), reason };
}

/** Seconds before the next attempt after so many failures, one at least. */
export function pauseSeconds(
  attempts: number,
  { firstSeconds, longestSeconds }: BillDeliveryPolicy['retry'],
): number {
  let pause = firstSeconds;
  for (let failed = 1; failed < attempts && pause < longestSeconds; failed += 1) pause *= 2;
  return Math.min(pause, longestSeconds);
}
