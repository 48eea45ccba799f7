import type { Instant } from '@ronghe/kernel';
import type { BillRun } from './bill-run';

/** How far the present stage of a run is. */
export interface RunProgress {
  /** Accounts while it drafts, bills while it numbers and publishes. */
  done: number;
  total: number;
  /** What the stage will still take at the speed so far; null before anything can be said, and where nothing moves. */
  secondsLeft: number | null;
}

const MS_PER_SECOND = 1000;

/** How far a run's present stage is at a moment of system time. */
export function progressOf(run: BillRun, now: Instant): RunProgress {
  const counted = countsOf(run);
  return { ...counted, secondsLeft: secondsLeft(run, counted, now) };
}

/** How much of the present stage is done. */
export function doneOf(run: BillRun): number {
  return countsOf(run).done;
}

function countsOf(run: BillRun): { done: number; total: number } {
  switch (run.state) {
    case 'numbering':
    case 'publishing':
      return { done: run.handled, total: Math.max(run.added, run.handled) };
    case 'waiting':
    case 'drafting':
    case 'checking':
    case 'awaiting_confirmation':
    case 'rejecting':
    case 'rejected':
    case 'completed':
      return { done: run.accounts, total: Math.max(run.dueAccounts, run.accounts) };
  }
}

function secondsLeft(run: BillRun, counts: { done: number; total: number }, now: Instant): number | null {
  const isCounted = run.state === 'drafting' || run.state === 'numbering' || run.state === 'publishing';
  const doneSince = counts.done - run.stageBase;
  if (!isCounted || run.pausedBy !== null || run.stageSince === null || doneSince <= 0) return null;
  const elapsedMs = Math.max(0, Date.parse(now) - Date.parse(run.stageSince));
  return Math.ceil((elapsedMs * (counts.total - counts.done)) / doneSince / MS_PER_SECOND);
}
