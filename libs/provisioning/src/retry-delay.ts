const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 300_000;

/** How long to wait after try `attempt` (from 1) of a request before the next: 100 ms, doubling, at most 2 s. */
export function delayAfterMs(attempt: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
}

/** How long undoing rests after it gave up `rounds` times (from 1): 2 s, doubling, at most 5 minutes. */
export function pauseAfterMs(rounds: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (rounds - 1), LONGEST_PAUSE_MS);
}
