import type { BillingPolicy } from '@ronghe/contracts';
import { assertNever, type BillCycle, type BillPeriod, type Instant } from '@ronghe/kernel';
import type { RunInput } from './run-inputs';
import type { RunCheck } from './run-checks';

/**
 * The stages of a run. `waiting`: for its inputs. `drafting`: accounts are billed, batch by batch. `checking`: control
 * totals. `awaiting_confirmation`: a check failed or the run was forced, a person decides. `numbering`: bills are numbered
 * and published, batch by batch. `publishing`: those that were numbered without being published, by an earlier version.
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
  /** `now`: for one account, outside the cycle. */
  trigger: 'scheduled' | 'requested' | 'now';
  /** Started before its inputs were closed; the reason says why. */
  isForced: boolean;
  reason: string | null;
  requestedBy: string;
  state: RunState;
  /** What it waits for, as last seen. */
  waitingFor: RunInput[];
  checks: RunCheck[];
  /** Who paused it; null: it goes on. The stage that it is in stands. */
  pausedBy: string | null;
  /** Of a bill made for one account outside the cycle: the account; null: the cycle's run. */
  accountId: string | null;
  /** Accounts that it must look at, counted when drafting began. */
  dueAccounts: number;
  /** When the present stage began or was resumed, system time; null before there is one … */
  stageSince: Instant | null;
  /** … and how much of it had been done then. */
  stageBase: number;
  /** What its ranges have done: of the present stage, and of drafting. */
  handled: number;
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

/** Stages in which workers go through the run's lanes. */
export const laneStages = ['drafting', 'numbering', 'publishing', 'rejecting'] as const;
export type LaneStage = (typeof laneStages)[number];

/** Whether the run goes through its lanes now. */
export function isLaneStage(state: RunState): state is LaneStage {
  return (laneStages as readonly RunState[]).includes(state);
}

/** Whether no bill of the run has a number yet, so that it can be given up. */
export function isRevocable(state: RunState): boolean {
  switch (state) {
    case 'waiting':
    case 'drafting':
    case 'checking':
    case 'awaiting_confirmation':
      return true;
    case 'numbering':
    case 'publishing':
    case 'completed':
    case 'rejecting':
    case 'rejected':
      return false;
    default:
      return assertNever(state);
  }
}

/** What follows the checks: clean ones confirm the run by themselves, unless it was forced or the policy wants a person. */
export function stateAfterChecks(
  run: BillRun,
  checks: readonly RunCheck[],
  confirmation: BillingPolicy['confirmation'] = 'automatic',
): RunState {
  const isClean = checks.every((check) => check.left === check.right);
  return isClean && !run.isForced && confirmation === 'automatic' ? 'numbering' : 'awaiting_confirmation';
}

/** What follows a stage that has gone through all lanes. */
export function stateAfterLanes(state: LaneStage): RunState {
  switch (state) {
    case 'drafting':
      return 'checking';
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
