import { newId, type BillCycle, type BillPeriod } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { BillRun } from './bill-run';
import { actorId } from './run-actor.service';

/** A run as it is made: it waits for its inputs. */
export function newRun(period: BillPeriod, cycle: BillCycle, tx: Tx): BillRun {
  return {
    runId: newId(),
    period,
    cycle,
    trigger: 'requested',
    isForced: false,
    reason: null,
    requestedBy: actorId(),
    state: 'waiting',
    waitingFor: [],
    checks: [],
    pausedBy: null,
    accountId: null,
    dueAccounts: 0,
    stageSince: null,
    stageBase: 0,
    handled: 0,
    accounts: 0,
    added: 0,
    quarantined: 0,
    createdAt: tx.now,
    completedAt: null,
  };
}
