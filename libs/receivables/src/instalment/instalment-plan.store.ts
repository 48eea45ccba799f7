import { instantFromDate, moneyFromMinor, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { OpenItem } from '../open-item';
import type { InstalmentPlan, PlanState } from './instalment-plan';

interface PlanRow {
  lane: number;
  plan_id: string;
  account_id: string;
  state: PlanState;
  parts: { dueOn: LocalDate; amount: string }[];
  items: { billId: string; amount: string }[];
  created_at: Date;
  created_by: string;
  ended_at: Date | null;
}

const columns = `lane, plan_id, account_id, state, parts, items, created_at, created_by, ended_at`;

/** Writes a plan. A second active one of an account is refused by an index. */
export async function insertPlan(tx: Tx, plan: InstalmentPlan): Promise<void> {
  const text = <T extends { amount: bigint }>(parts: readonly T[]) =>
    JSON.stringify(parts.map((part) => ({ ...part, amount: part.amount.toString() })));
  await tx.execute(
    `insert into receivables.instalment_plan (lane, plan_id, account_id, state, parts, items, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[plan.lane, plan.planId, plan.accountId, plan.state, text(plan.parts), text(plan.items)],
      ...[plan.createdAt, plan.createdBy],
    ],
  );
}

/** The plan of an account that is active, or null. */
export async function findActivePlan(
  tx: Tx,
  lane: number,
  accountId: string,
): Promise<InstalmentPlan | null> {
  const [row] = await tx.query<PlanRow>(
    `select ${columns} from receivables.instalment_plan where lane = $1 and account_id = $2 and state = 'active'`,
    [lane, accountId],
  );
  return row ? fromRow(row) : null;
}

/** Plans of several accounts, newest first. */
export async function findPlans(
  tx: Tx,
  lanes: readonly number[],
  accountIds: readonly string[],
  limit: number,
): Promise<InstalmentPlan[]> {
  const rows = await tx.query<PlanRow>(
    `select * from (
       select ${columns}, row_number() over (partition by account_id order by created_at desc, plan_id desc) as rank
       from receivables.instalment_plan where lane = any($1::smallint[]) and account_id = any($2::uuid[])
     ) as ranked where rank <= $3 order by created_at desc, plan_id desc`,
    [lanes, accountIds, limit],
  );
  return rows.map(fromRow);
}

/** Notes what the active plan of an account still has of bills of which payments are taken back: the rest is late from now on. */
export async function noteTakenBack(
  tx: Tx,
  { lane, accountId }: { lane: number; accountId: string },
  items: readonly OpenItem[],
): Promise<void> {
  const left = items.map(({ billId, instalment }) => ({ billId, at: tx.now, left: instalment.toString() }));
  await tx.execute(
    `update receivables.instalment_plan set taken_back = taken_back || $3::jsonb
     where lane = $1 and account_id = $2 and state = 'active'`,
    [lane, accountId, JSON.stringify(left)],
  );
}

/** Ends a plan that is active. */
export async function endPlan(
  tx: Tx,
  plan: InstalmentPlan,
  state: Exclude<PlanState, 'active'>,
): Promise<void> {
  await tx.execute(
    `update receivables.instalment_plan set state = $3, ended_at = $4
     where lane = $1 and plan_id = $2 and state = 'active'`,
    [plan.lane, plan.planId, state, tx.now],
  );
}

function fromRow(row: PlanRow): InstalmentPlan {
  const money = <T extends { amount: string }>(parts: readonly T[]) =>
    parts.map((part) => ({ ...part, amount: moneyFromMinor(BigInt(part.amount)) }));
  return {
    planId: row.plan_id,
    lane: row.lane,
    accountId: row.account_id,
    state: row.state,
    parts: money(row.parts),
    items: money(row.items),
    createdAt: instantFromDate(row.created_at),
    createdBy: row.created_by,
    endedAt: row.ended_at && instantFromDate(row.ended_at),
  };
}
