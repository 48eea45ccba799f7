import { billPeriodOf, instantFromDate, type BillCycle, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { BillRun, RunState } from './bill-run';
import type { RunCheck } from './run-checks';
import type { RunInput } from './run-inputs';

/** The job that brings a run forward. */
export const advanceRunJob = 'billing.advanceRun';

interface BillRunRow {
  run_id: string;
  period: string;
  bill_day: number;
  zone: string;
  trigger: BillRun['trigger'];
  is_forced: boolean;
  reason: string | null;
  requested_by: string;
  state: RunState;
  waiting_for: RunInput[];
  checks: RunCheck[];
  cursor_lane: number;
  cursor_group: string | null;
  lanes: number[];
  stage_lane: number;
  accounts: number;
  added: number;
  quarantined: number;
  created_at: Date;
  completed_at: Date | null;
}

/** Writes a new run. @throws DomainError('already_exists', 'conflict') when the period has one under way. */
export async function insertRun(tx: Tx, run: BillRun): Promise<void> {
  await tx.execute(
    `insert into billing.bill_run
       (run_id, period, bill_day, zone, period_to, trigger, is_forced, reason, requested_by, state, waiting_for, checks,
        cursor_lane, cursor_group, lanes, stage_lane, accounts, added, quarantined, created_at, completed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
    [
      run.runId,
      run.period.key,
      run.cycle.billDay,
      run.cycle.zone,
      run.period.to,
      run.trigger,
      ...mutable(run),
      run.createdAt,
      run.completedAt,
    ],
  );
}

/** Writes what changed of a run. The caller holds it with `lockRun`. */
export async function updateRun(tx: Tx, run: BillRun): Promise<void> {
  await tx.execute(
    `update billing.bill_run
     set is_forced = $2, reason = $3, requested_by = $4, state = $5, waiting_for = $6, checks = $7, cursor_lane = $8,
         cursor_group = $9, lanes = $10, stage_lane = $11, accounts = $12, added = $13, quarantined = $14,
         completed_at = $15
     where run_id = $1`,
    [run.runId, ...mutable(run), run.completedAt],
  );
}

/** Locks a run: its stages are carried out one at a time, whoever calls. Null when there is none. */
export async function lockRun(tx: Tx, runId: string): Promise<BillRun | null> {
  const rows = await tx.query<BillRunRow>(`select * from billing.bill_run where run_id = $1 for update`, [
    runId,
  ]);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Null when there is none. */
export async function findRun(tx: Tx, runId: string): Promise<BillRun | null> {
  const rows = await tx.query<BillRunRow>(`select * from billing.bill_run where run_id = $1`, [runId]);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** The run of a period that is not over, locked; null when there is none. */
export async function lockCurrentRun(tx: Tx, period: string, cycle: BillCycle): Promise<BillRun | null> {
  const rows = await tx.query<BillRunRow>(
    `select * from billing.bill_run
     where period = $1 and bill_day = $2 and zone = $3 and state not in ('completed', 'rejected') for update`,
    [period, cycle.billDay, cycle.zone],
  );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Runs in one of some states, oldest period first. */
export async function findRunsIn(tx: Tx, states: readonly RunState[], limit: number): Promise<BillRun[]> {
  const rows = await tx.query<BillRunRow>(
    `select * from billing.bill_run where state = any($1::text[]) order by period, created_at limit $2`,
    [states, limit],
  );
  return rows.map(fromRow);
}

/** Runs from newest to oldest, behind a run id (ids grow with time), perhaps of one period. */
export async function listRuns(
  tx: Tx,
  page: { period: string | null; after: string | null; limit: number },
): Promise<BillRun[]> {
  const rows = await tx.query<BillRunRow>(
    `select * from billing.bill_run
     where ($1::text is null or period = $1) and ($2::uuid is null or run_id < $2)
     order by run_id desc limit $3`,
    [page.period, page.after, page.limit],
  );
  return rows.map(fromRow);
}

/** Wakes every run that waits, after commit: one of its inputs may just have come. */
export async function enqueueWaitingRuns(tx: Tx): Promise<void> {
  const rows = await tx.query<{ run_id: string }>(
    `select run_id from billing.bill_run where state = 'waiting' limit 500`,
  );
  for (const row of rows) tx.enqueue(advanceRunJob, { runId: row.run_id });
}

function mutable(run: BillRun): unknown[] {
  return [
    run.isForced,
    run.reason,
    run.requestedBy,
    run.state,
    JSON.stringify(run.waitingFor),
    JSON.stringify(run.checks),
    run.cursor.lane,
    run.cursor.groupId,
    JSON.stringify(run.lanes),
    run.stageLane,
    run.accounts,
    run.added,
    run.quarantined,
  ];
}

function fromRow(row: BillRunRow): BillRun {
  const cycle: BillCycle = { billDay: row.bill_day, zone: row.zone };
  return {
    runId: row.run_id,
    period: billPeriodOf(row.period, cycle),
    cycle,
    trigger: row.trigger,
    isForced: row.is_forced,
    reason: row.reason,
    requestedBy: row.requested_by,
    state: row.state,
    waitingFor: row.waiting_for,
    checks: row.checks,
    cursor: { lane: row.cursor_lane, groupId: row.cursor_group },
    lanes: row.lanes,
    stageLane: row.stage_lane,
    accounts: row.accounts,
    added: row.added,
    quarantined: row.quarantined,
    createdAt: instantFromDate(row.created_at),
    completedAt: instantOrNull(row.completed_at),
  };
}

function instantOrNull(date: Date | null): Instant | null {
  return date === null ? null : instantFromDate(date);
}
