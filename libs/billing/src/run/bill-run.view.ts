import type { BillRun, Quarantined } from './bill-run';

/** A run as GraphQL shows it. */
export function runView(run: BillRun) {
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
