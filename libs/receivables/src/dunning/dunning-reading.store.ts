import type { ServiceClass } from '@ronghe/contracts';
import { instantFromDate, moneyFromMinor, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { CaseStep } from './dunning-case';
import type { StoredCase, StoredStep } from './dunning-standing';
import type { Stop } from './dunning-state';

/** Cases of an account with their steps: open ones first, then the newest. */
export async function findCases(
  tx: Tx,
  { lane, accountId }: { lane: number; accountId: string },
  limit: number,
): Promise<StoredCase[]> {
  const rows = await tx.query<{
    case_id: string;
    service: ServiceClass;
    stop: Stop;
    state_code: string | null;
    opened_at: Date;
    closed_at: Date | null;
  }>(
    `select case_id, service, stop, state_code, opened_at, closed_at from receivables.dunning_case
     where lane = $1 and account_id = $2 order by closed_at is not null, opened_at desc, service limit $3`,
    [lane, accountId, limit],
  );
  const steps = await findSteps(
    tx,
    lane,
    rows.map((row) => row.case_id),
  );
  return rows.map((row) => ({
    ...{ caseId: row.case_id, service: row.service, stop: row.stop, stateCode: row.state_code },
    openedAt: instantFromDate(row.opened_at),
    closedAt: row.closed_at && instantFromDate(row.closed_at),
    steps: steps.get(row.case_id) ?? [],
  }));
}

async function findSteps(
  tx: Tx,
  lane: number,
  caseIds: readonly string[],
): Promise<Map<string, StoredStep[]>> {
  const rows = await tx.query<{
    case_id: string;
    no: number;
    kind: CaseStep['kind'];
    state: StoredStep['state'];
    stop: Stop;
    overdue_fen: string;
    overdue_days: number | null;
    at: Date;
  }>(
    `select case_id, no, kind, state, stop, overdue_fen, overdue_days, at from receivables.dunning_step
     where lane = $1 and case_id = any($2::uuid[]) order by case_id, no`,
    [lane, caseIds],
  );
  const steps = new Map<string, StoredStep[]>();
  for (const { case_id, overdue_fen, overdue_days, at, ...rest } of rows) {
    const overdue = moneyFromMinor(BigInt(overdue_fen));
    const step = { ...rest, overdue, overdueDays: overdue_days, at: instantFromDate(at) };
    steps.set(case_id, [...(steps.get(case_id) ?? []), step]);
  }
  return steps;
}

/** The promise that holds, with its words. */
export async function findPromise(
  tx: Tx,
  { lane, accountId }: { lane: number; accountId: string },
): Promise<{ until: LocalDate; releases: boolean; reason: string; given_by: string; given_at: Date } | null> {
  const [row] = await tx.query<{
    until: LocalDate;
    releases: boolean;
    reason: string;
    given_by: string;
    given_at: Date;
  }>(
    `select until::text, releases, reason, given_by, given_at from receivables.dunning_promise
     where lane = $1 and account_id = $2 and ended_at is null`,
    [lane, accountId],
  );
  return row ?? null;
}

/** What an operator looks at first: open cases, and what others would not do. Counts all lanes: not for a hot path. */
export async function readDunningSummary(tx: Tx): Promise<{
  cases: { service: ServiceClass; stop: Stop; cases: number }[];
  stopsWaiting: number;
  stopsStuck: number;
  lateFeesRefused: number;
}> {
  const cases = await tx.query<{ service: ServiceClass; stop: Stop; cases: number }>(
    `select service, stop, count(*)::integer as cases from receivables.dunning_case where closed_at is null
     group by service, stop order by service, stop`,
  );
  const [row] = await tx.query<{ waiting: number; stuck: number; refused: number }>(
    `select (select count(*)::integer from receivables.dunning_stop where next_try_at is not null) as waiting,
       (select count(*)::integer from receivables.dunning_stop where next_try_at is not null and tries >= $1) as stuck,
       (select count(*)::integer from receivables.late_fee_charge where state = 'refused') as refused`,
    [STUCK_TRIES],
  );
  return {
    cases,
    stopsWaiting: row?.waiting ?? 0,
    stopsStuck: row?.stuck ?? 0,
    lateFeesRefused: row?.refused ?? 0,
  };
}

/** An order that was asked for so often without effect needs a person. */
const STUCK_TRIES = 3;
