import type { AccountOpened } from '@ronghe/contracts';
import { arrayOf, isId, type BillCycle, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** What billing knows of an account. */
export interface BilledAccount {
  accountId: string;
  lane: number;
  customerId: string;
  /** The accounts that may share allowances and group discounts. */
  balanceGroupId: string;
  /** The accounts that are billed together: balance groups joined by relations. */
  groupId: string;
  cycle: BillCycle;
  paymentMode: AccountOpened['paymentMode'];
}

interface AccountRow {
  account_id: string;
  lane: number;
  customer_id: string;
  balance_group_id: string;
  billing_group_id: string;
  bill_day: number;
  zone: string;
  payment_mode: AccountOpened['paymentMode'];
}

const columns =
  'account_id, lane, customer_id, balance_group_id, billing_group_id, bill_day, zone, payment_mode';

/** Keeps an account; a repeated event changes nothing. */
export async function insertAccount(tx: Tx, account: AccountOpened): Promise<void> {
  await tx.execute(
    `insert into billing.account
       (account_id, lane, customer_id, balance_group_id, billing_group_id, bill_day, zone, payment_mode, opened_at, region)
     select $1::uuid, $2::smallint, $3::uuid, $4::uuid,
            coalesce((select billing_group_id from billing.account where lane = $2 and balance_group_id = $4 limit 1), $4),
            $5::smallint, $6, $7, $8::timestamptz, $9 on conflict do nothing`,
    [
      account.accountId,
      account.lane,
      account.customerId,
      account.balanceGroupId,
      account.billDay,
      account.zone,
      account.paymentMode,
      account.openedAt,
      account.region ?? null,
    ],
  );
}

/** True when the cycle had no account before. */
export async function insertCycle(tx: Tx, cycle: BillCycle): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into billing.bill_cycle (bill_day, zone) values ($1, $2) on conflict do nothing`,
    [cycle.billDay, cycle.zone],
  );
  return inserted > 0;
}

/** Null when no such account has been opened. */
export async function findAccount(tx: Tx, accountId: string): Promise<BilledAccount | null> {
  const [account] = await findAccounts(tx, [accountId]);
  return account ?? null;
}

/** Those that exist of the accounts asked for. */
export async function findAccounts(tx: Tx, accountIds: readonly string[]): Promise<BilledAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select ${columns} from billing.account where account_id = any($1::uuid[]) order by account_id`,
    [accountIds.filter(isId)],
  );
  return rows.map(fromRow);
}

/** The accounts of customers, in no order. */
export async function findAccountsOf(tx: Tx, customerIds: readonly string[]): Promise<BilledAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select ${columns} from billing.account where customer_id = any($1::uuid[])`,
    [customerIds],
  );
  return rows.map(fromRow);
}

/** The accounts that are billed together with an account, itself among them, in the order in which they are drafted. */
export async function findGroup(tx: Tx, account: BilledAccount): Promise<BilledAccount[]> {
  const { cycle, lane, groupId } = account;
  const rows = await tx.query<AccountRow>(
    `select ${columns} from billing.account
     where bill_day = $1 and zone = $2 and lane = $3 and billing_group_id = $4
     order by account_id`,
    [cycle.billDay, cycle.zone, lane, groupId],
  );
  return rows.map(fromRow);
}

/** Holds an account's billing back while one of its inputs is written; drafting waits, or the writer sees its claim. */
export async function shareAccount(tx: Tx, accountId: string): Promise<BilledAccount | null> {
  const rows = await tx.query<AccountRow>(
    `select ${columns} from billing.account where account_id = $1 for share`,
    [accountId],
  );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Locks accounts for drafting, in one order for everybody. */
export async function lockAccounts(tx: Tx, accountIds: readonly string[]): Promise<BilledAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select ${columns} from billing.account where account_id = any($1::uuid[]) order by account_id for update`,
    [arrayOf(accountIds)],
  );
  return rows.map(fromRow);
}

/** Accounts as two arrays, their lanes and their ids, as PostgreSQL reads them: the first parameters of a statement with `wantedAccounts`. */
export type AccountKeys = readonly [lanes: string, accountIds: string];

/** Accounts as parameters. */
export function accountKeys(accounts: readonly BilledAccount[]): AccountKeys {
  return [arrayOf(accounts.map(({ lane }) => lane)), arrayOf(accounts.map(({ accountId }) => accountId))];
}

/** The accounts of `accountKeys` as a table `wanted (lane, account_id)`. */
export const wantedAccounts = 'unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id)';

export interface GroupsQuestion {
  cycle: BillCycle;
  periodEnd: Instant;
  after: { lane: number; groupId: string | null };
  /** The last lane to look at. */
  toLane: number;
  /** Most groups to take. */
  limit: number;
}

/**
 * The next billing groups behind a cursor, of any lanes up to the last one: accounts by group, in (lane, group) order. A
 * group is never cut. Only accounts that were open before the period ended; prepaid ones get statements.
 */
export async function nextGroups(
  tx: Tx,
  question: GroupsQuestion,
): Promise<{ groupId: string; lane: number; accountIds: string[] }[]> {
  const { cycle, periodEnd, after, toLane, limit } = question;
  const rows = await tx.query<{ lane: number; billing_group_id: string; account_ids: string[] }>(
    `select lane, billing_group_id, array_agg(account_id::text order by account_id) as account_ids
     from billing.account
     where bill_day = $1 and zone = $2 and opened_at < $3
       and (lane, billing_group_id) > ($4, $5) and lane <= $7
     group by lane, billing_group_id order by lane, billing_group_id limit $6`,
    [cycle.billDay, cycle.zone, periodEnd, after.lane, after.groupId ?? firstUuid, limit, toLane],
  );
  return rows.map((row) => ({ lane: row.lane, groupId: row.billing_group_id, accountIds: row.account_ids }));
}

/** How many accounts a run of the cycle must look at. */
export async function countDue(tx: Tx, cycle: BillCycle, periodEnd: Instant): Promise<bigint> {
  const [row] = await tx.query<{ count: string }>(
    `select count(*) as count from billing.account
     where bill_day = $1 and zone = $2 and opened_at < $3`,
    [cycle.billDay, cycle.zone, periodEnd],
  );
  return BigInt(row?.count ?? 0);
}

const firstUuid = '00000000-0000-0000-0000-000000000000';

function fromRow(row: AccountRow): BilledAccount {
  return {
    accountId: row.account_id,
    lane: row.lane,
    customerId: row.customer_id,
    balanceGroupId: row.balance_group_id,
    groupId: row.billing_group_id,
    cycle: { billDay: row.bill_day, zone: row.zone },
    paymentMode: row.payment_mode,
  };
}
