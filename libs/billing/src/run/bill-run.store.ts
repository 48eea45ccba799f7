import { billPeriodOf, instantFromDate, type BillCycle, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { isMoving, runStates, type BillRun, type RunState } from './bill-run';
import { rangeCount } from './lane-range';
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
  paused_by: string | null;
  account_id: string | null;
  due_accounts: number;
  stage_since: Date | null;
  stage_base: number;
  handled: string | null;
  accounts: number;
  added: number;
  quarantined: number;
  created_at: Date;
  completed_at: Date | null;
}

/** While ranges are worked on, what was done stands in them; afterwards the run row has it, counted from the claims. */
const columns = `run.*, done.handled,
  case when run.state = 'drafting' then coalesce(done.accounts, 0) else run.accounts end as accounts,
  case when run.state = 'drafting' then coalesce(done.added, 0) else run.added end as added,
  case when run.state = 'drafting' then coalesce(done.quarantined, 0) else run.quarantined end as quarantined`;
const runs = `billing.bill_run as run left join lateral (
  select sum(handled)::text as handled, sum(accounts)::integer as accounts, sum(added)::integer as added,
         sum(quarantined)::integer as quarantined
  from billing.bill_run_range as range where range.run_id = run.run_id) as done on true`;

/** Writes a new run. @throws DomainError('already_exists', 'conflict') when the period has one under way. */
export async function insertRun(tx: Tx, run: BillRun): Promise<void> {
  await tx.execute(
    `insert into billing.bill_run
       (run_id, period, bill_day, zone, period_to, trigger, is_forced, reason, requested_by, state, waiting_for, checks,
        paused_by, due_accounts, stage_since, stage_base, accounts, added, quarantined, created_at, completed_at,
        account_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
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
      run.accountId,
    ],
  );
}

/** Writes what changed of a run. The caller holds it with `lockRun`. */
export async function updateRun(tx: Tx, run: BillRun): Promise<void> {
  await tx.execute(
    `update billing.bill_run
     set is_forced = $2, reason = $3, requested_by = $4, state = $5, waiting_for = $6, checks = $7, paused_by = $8,
         due_accounts = $9, stage_since = $10, stage_base = $11, accounts = $12, added = $13, quarantined = $14,
         completed_at = $15
     where run_id = $1`,
    [run.runId, ...mutable(run), run.completedAt],
  );
}

/** Locks a run: its stages are carried out one at a time, whoever calls. Null when there is none. */
export async function lockRun(tx: Tx, runId: string): Promise<BillRun | null> {
  const rows = await tx.query<BillRunRow>(
    `select ${columns} from ${runs} where run.run_id = $1 for update of run`,
    [runId],
  );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Null when there is none. */
export async function findRun(tx: Tx, runId: string): Promise<BillRun | null> {
  const rows = await tx.query<BillRunRow>(`select ${columns} from ${runs} where run.run_id = $1`, [runId]);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** The run of a period that is not over, locked; null when there is none. */
export async function lockCurrentRun(tx: Tx, period: string, cycle: BillCycle): Promise<BillRun | null> {
  const rows = await tx.query<BillRunRow>(
    `select ${columns} from ${runs}
     where period = $1 and bill_day = $2 and zone = $3 and state not in ('completed', 'rejected') for update of run`,
    [period, cycle.billDay, cycle.zone],
  );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Runs that move and that nobody has paused, oldest period first. */
export async function findMovingRuns(tx: Tx, limit: number): Promise<DividedRun[]> {
  const rows = await tx.query<{ run_id: string; due_accounts: number }>(
    `select run_id, due_accounts from billing.bill_run
     where state not in ('completed', 'rejected') and state = any($1::text[]) and paused_by is null
     order by period, created_at limit $2`,
    [runStates.filter(isMoving), limit],
  );
  return rows.map((row) => ({ runId: row.run_id, dueAccounts: row.due_accounts }));
}

/** The first run of each cycle that waits, of one cycle or all: those behind it wait for it. Nobody has paused them. */
export async function findFirstWaiting(tx: Tx, cycle: BillCycle | null = null): Promise<BillRun[]> {
  const rows = await tx.query<BillRunRow>(
    `select ${columns} from ${runs}
     where run.run_id in (
       select distinct on (bill_day, zone) run_id from billing.bill_run
       where state = 'waiting' and paused_by is null
         and ($1::smallint is null or (bill_day = $1 and zone = $2))
       order by bill_day, zone, period)
     order by period, created_at`,
    [cycle?.billDay ?? null, cycle?.zone ?? null],
  );
  return rows.map(fromRow);
}

/** Runs from newest to oldest, behind a run id (ids grow with time), perhaps of one period. */
export async function listRuns(
  tx: Tx,
  page: { period: string | null; after: string | null; limit: number },
): Promise<BillRun[]> {
  const rows = await tx.query<BillRunRow>(
    `select ${columns} from ${runs}
     where ($1::text is null or period = $1) and ($2::uuid is null or run.run_id < $2)
     order by run.run_id desc limit $3`,
    [page.period, page.after, page.limit],
  );
  return rows.map(fromRow);
}

/** How many workers are called for a stage of a run at most; each takes ranges of lanes that are free. */
const WORKERS = 4;

type DividedRun = Pick<BillRun, 'runId' | 'dueAccounts'>;

/** The jobs that carry out a stage of a run side by side: no more of them than it has ranges. */
export function workersOf({ runId, dueAccounts }: DividedRun): { runId: string; worker: number }[] {
  const count = Math.min(WORKERS, rangeCount(dueAccounts));
  return Array.from({ length: count }, (_, worker) => ({ runId, worker }));
}

/** Calls the workers of a run after commit. */
export function enqueueWorkers(tx: Tx, run: DividedRun): void {
  for (const job of workersOf(run)) tx.enqueue(advanceRunJob, job);
}

/** Calls the workers beside the one that calls, which goes on by itself. */
export function enqueueOtherWorkers(tx: Tx, run: DividedRun): void {
  for (const job of workersOf(run).slice(1)) tx.enqueue(advanceRunJob, job);
}

/** Wakes what waits, after commit: an input of all cycles, or the run before in one of them, may just have come. */
export async function enqueueWaitingRuns(tx: Tx, cycle: BillCycle | null = null): Promise<void> {
  for (const { runId } of await findFirstWaiting(tx, cycle)) tx.enqueue(advanceRunJob, { runId });
}

function mutable(run: BillRun): unknown[] {
  return [
    run.isForced,
    run.reason,
    run.requestedBy,
    run.state,
    JSON.stringify(run.waitingFor),
    JSON.stringify(run.checks),
    run.pausedBy,
    run.dueAccounts,
    run.stageSince,
    run.stageBase,
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
    pausedBy: row.paused_by,
    accountId: row.account_id,
    dueAccounts: row.due_accounts,
    stageSince: instantOrNull(row.stage_since),
    stageBase: row.stage_base,
    handled: Number(row.handled ?? 0),
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
