import { assertNever, type BillCycle, type BillPeriod, type Instant } from '@ronghe/kernel';
import type { RunInput } from './run-inputs';
import type { RunCheck } from './run-checks';

/**
 * The stages of a run. `waiting`: for its inputs. `drafting`: accounts are billed, batch by batch. `checking`: control
 * totals. `awaiting_confirmation`: a check failed or the run was forced, a person decides. `numbering`, `publishing`,
 * `completed`. `rejecting`, `rejected`: its drafts are void, and the period can be run again.
 */
export const runStates = [
  'waiting',
  'drafting',
  'checking',
  'awaiting_confirmation',
  'numbering',
  'publishing',
  'completed',
  'rejecting',
  'rejected',
] as const;
export type RunState = (typeof runStates)[number];

export interface BillRun {
  runId: string;
  period: BillPeriod;
  cycle: BillCycle;
  trigger: 'scheduled' | 'requested';
  /** Started before its inputs were closed; the reason says why. */
  isForced: boolean;
  reason: string | null;
  requestedBy: string;
  state: RunState;
  /** What it waits for, as last seen. */
  waitingFor: RunInput[];
  checks: RunCheck[];
  /** Where drafting stands: everything up to here has a claim. */
  cursor: { lane: number; groupId: string | null };
  /** Lanes that hold drafts of this run, ascending; numbering, publishing and rejecting go through them. */
  lanes: number[];
  /** The lane that numbering, publishing or rejecting has reached. */
  stageLane: number;
  accounts: number;
  added: number;
  quarantined: number;
  createdAt: Instant;
  completedAt: Instant | null;
}

/** An account that a run could not bill, and why. */
export interface Quarantined {
  accountId: string;
  code: string;
  reason: string;
}

/** Before the first lane. */
export const startCursor: BillRun['cursor'] = { lane: -1, groupId: null };

/** Whether the run is over; another run of the same period may then begin. */
export function isOver(state: RunState): boolean {
  return state === 'completed' || state === 'rejected';
}

/** Whether a job can bring the run forward without anybody's decision (waiting: once its inputs are closed). */
export function isMoving(state: RunState): boolean {
  switch (state) {
    case 'drafting':
    case 'checking':
    case 'numbering':
    case 'publishing':
    case 'rejecting':
      return true;
    case 'waiting':
    case 'awaiting_confirmation':
    case 'completed':
    case 'rejected':
      return false;
    default:
      return assertNever(state);
  }
}

/** What follows the checks: clean ones confirm the run by themselves, unless it was forced. */
export function stateAfterChecks(run: BillRun, checks: readonly RunCheck[]): RunState {
  const isClean = checks.every((check) => check.left === check.right);
  return isClean && !run.isForced ? 'numbering' : 'awaiting_confirmation';
}

/** What follows a stage that has gone through all lanes. */
export function stateAfterLanes(state: 'numbering' | 'publishing' | 'rejecting'): RunState {
  switch (state) {
    case 'numbering':
      return 'publishing';
    case 'publishing':
      return 'completed';
    case 'rejecting':
      return 'rejected';
    default:
      return assertNever(state);
  }
}

/** The first lane at or after `from` that holds drafts; null when the stage is through. */
export function laneFrom(run: BillRun, from: number): number | null {
  return run.lanes.find((lane) => lane >= from) ?? null;
}
