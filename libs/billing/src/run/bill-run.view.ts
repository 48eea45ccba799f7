import type { Instant } from '@ronghe/kernel';
import type { BillRun, Quarantined } from './bill-run';
import { progressOf } from './run-progress';

/** A run as GraphQL shows it; `now` is system time. */
export function runView(run: BillRun, now: Instant) {
  const { runId, period, cycle, reason, requestedBy, waitingFor, checks, createdAt, completedAt } = run;
  return {
    id: runId,
    period: period.key,
    billDay: cycle.billDay,
    zone: cycle.zone,
    state: run.state.toUpperCase(),
    trigger: run.trigger.toUpperCase(),
    forced: run.isForced,
    reason,
    requestedBy,
    pausedBy: run.pausedBy,
    accountId: run.accountId,
    progress: progressOf(run, now),
    waitingFor,
    accounts: run.accounts,
    added: run.added,
    quarantined: run.quarantined,
    checks,
    createdAt,
    completedAt,
  };
}

/** An account in quarantine as GraphQL shows it. */
export function quarantinedView({ accountId, code, reason }: Quarantined) {
  return { account: { accountId }, code, reason };
}
