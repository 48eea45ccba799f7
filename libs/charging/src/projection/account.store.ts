import type { AccountOpened, ProductState } from '@ronghe/contracts';
import { arrayOf, type BillCycle, columnArrays, type Instant, instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** An account as charging knows it. */
export interface ChargingAccount extends BillCycle {
  accountId: string;
  lane: number;
  /** The accounts that may share with it. */
  balanceGroupId: string;
  paymentMode: AccountOpened['paymentMode'];
  /** It pays for another account, or another one for it, in some period. */
  sharesMoney: boolean;
  /** Balances are open for every period that ends at or before this instant. */
  openedThrough: Instant;
}

/** A row of `charging.account`, as far as charging reads it. */
export interface AccountRow {
  account_id: string;
  balance_group_id: string;
  lane: number;
  zone: string;
  bill_day: number;
  payment_mode: AccountOpened['paymentMode'];
  shares_money: boolean;
  opened_through: Date;
}

/** The columns of a row for a select list. */
export const CHARGING_ACCOUNT_COLUMNS =
  'account_id, balance_group_id, lane, zone, bill_day, payment_mode, shares_money, opened_through';

/** Keeps what an account's opening said; the same fact again changes nothing, and false is returned. */
export async function insertAccount(
  tx: Tx,
  account: AccountOpened,
  openedThrough: Instant,
): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into charging.account
       (account_id, lane, balance_group_id, customer_id, zone, bill_day, payment_mode, version, opened_through)
     values ($1, $2, $3, $4, $5, $6, $7, 1, $8) on conflict do nothing`,
    [
      account.accountId,
      account.lane,
      account.balanceGroupId,
      account.customerId,
      account.zone,
      account.billDay,
      account.paymentMode,
      openedThrough,
    ],
  );
  return inserted > 0;
}

/** Accounts by id; unknown ids are left out. */
export async function findAccounts(tx: Tx, accountIds: readonly string[]): Promise<ChargingAccount[]> {
  if (accountIds.length === 0) return [];
  const rows = await tx.query<AccountRow>(
    `select ${CHARGING_ACCOUNT_COLUMNS} from charging.account where account_id = any($1::uuid[])`,
    [arrayOf(accountIds)],
  );
  return rows.map(accountFromRow);
}

/** How often the products of accounts have changed, by account id; unknown ids are left out. */
export async function findProductsVersions(
  tx: Tx,
  accountIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ account_id: string; products_version: number }>(
    `select account_id, products_version from charging.account where account_id = any($1::uuid[])`,
    [arrayOf(accountIds)],
  );
  return new Map(rows.map((row) => [row.account_id, row.products_version]));
}

/** Locks accounts whose next period has begun; others' locks are passed over. */
export async function lockAccountsToOpen(tx: Tx, limit: number): Promise<ChargingAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select ${CHARGING_ACCOUNT_COLUMNS} from charging.account where opened_through <= $1
     order by opened_through, account_id limit $2 for update skip locked`,
    [tx.now, limit],
  );
  return rows.map(accountFromRow);
}

/** Whether any account waits for its next period's balances. */
export async function hasAccountToOpen(tx: Tx): Promise<boolean> {
  const rows = await tx.query(`select 1 from charging.account where opened_through <= $1 limit 1`, [tx.now]);
  return rows.length > 0;
}

/** Records how far each account's balances are open. */
export async function saveOpenedThrough(
  tx: Tx,
  accounts: { accountId: string; openedThrough: Instant }[],
): Promise<void> {
  await tx.execute(
    `update charging.account a set opened_through = new.opened_through
     from unnest($1::uuid[], $2::timestamptz[]) as new (account_id, opened_through)
     where a.account_id = new.account_id`,
    [accounts.map((account) => account.accountId), accounts.map((account) => account.openedThrough)],
  );
}

/** True when the cycle is new, so that its first period start has to be scheduled. */
export async function insertBillCycle(tx: Tx, cycle: BillCycle): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into charging.bill_cycle (zone, bill_day) values ($1, $2) on conflict do nothing`,
    [cycle.zone, cycle.billDay],
  );
  return inserted > 0;
}

/**
 * Makes known that what accounts' products may use has changed, or who holds their numbers, and locks their balance groups against
 * other such changes: a book of one account holds all accounts with which it shares. What online sessions remember goes by it.
 */
export async function touchProducts(tx: Tx, ...accountIds: string[]): Promise<void> {
  await tx.execute(
    `update charging.account set products_version = products_version + 1 where account_id in (
       select a.account_id from charging.account a
       where a.balance_group_id in (select balance_group_id from charging.account where account_id = any($1::uuid[]))
       order by a.account_id for update)`,
    [arrayOf(accountIds)],
  );
}

/**
 * Keeps what accounts and all of their balance groups hold, were given and share as it is until the transaction ends: whoever
 * changes it waits (`touchProducts`). Asked for before a book is read by which buckets are withdrawn, and before card groups are
 * locked, as everywhere.
 */
export async function holdProducts(tx: Tx, accountIds: readonly string[]): Promise<void> {
  await tx.query(
    `select from charging.account a
     where a.balance_group_id in (select balance_group_id from charging.account where account_id = any($1::uuid[]))
     order by a.account_id for share`,
    [arrayOf(accountIds)],
  );
}

/** The latest version of every product, also ended ones, of the accounts. */
export async function findProducts(
  tx: Tx,
  accounts: readonly { lane: number; accountId: string }[],
): Promise<ProductState[]> {
  const rows = await tx.query<{ state: ProductState }>(
    `select distinct on (lane, product_id) state from charging.product_version
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, account_id) using (lane, account_id)
     order by lane, product_id, version desc`,
    columnArrays(
      accounts,
      (account) => account.lane,
      (account) => account.accountId,
    ),
  );
  return rows.map((row) => row.state);
}

/** The account of a row. */
export function accountFromRow(row: AccountRow): ChargingAccount {
  return {
    accountId: row.account_id,
    balanceGroupId: row.balance_group_id,
    lane: row.lane,
    zone: row.zone,
    billDay: row.bill_day,
    paymentMode: row.payment_mode,
    sharesMoney: row.shares_money,
    openedThrough: instantFromDate(row.opened_through),
  };
}
