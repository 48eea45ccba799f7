import type { AccountOpened } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

export interface KnownAccount {
  account_id: string;
  lane: number;
  customer_id: string;
  zone: string;
  payment_mode: AccountOpened['paymentMode'];
}

/** Keeps the account; a repeated event changes nothing, since an account's lane and zone are set once. */
export async function insertAccount(tx: Tx, account: AccountOpened): Promise<void> {
  await tx.execute(
    `insert into receivables.account (account_id, lane, customer_id, zone, opened_at, payment_mode)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      account.accountId,
      account.lane,
      account.customerId,
      account.zone,
      account.openedAt,
      account.paymentMode,
    ],
  );
}

/** Null when no such account has been opened. */
export async function findAccount(tx: Tx, accountId: string): Promise<KnownAccount | null> {
  const [row] = await findAccounts(tx, [accountId]);
  return row ?? null;
}

/** Those that exist of the accounts asked for, in any order. */
export async function findAccounts(tx: Tx, accountIds: readonly string[]): Promise<KnownAccount[]> {
  return tx.query<KnownAccount>(
    `select account_id, lane, customer_id, zone, payment_mode from receivables.account where account_id = any($1::uuid[])`,
    [accountIds],
  );
}

/** Accounts of one customer or of all, newest first, and how many there are. */
export async function findAccountPage(
  tx: Tx,
  customerId: string | null,
  page: { offset: number; limit: number },
): Promise<{ accounts: KnownAccount[]; total: number }> {
  const accounts = await tx.query<KnownAccount>(
    `select account_id, lane, customer_id, zone, payment_mode from receivables.account
     where $1::uuid is null or customer_id = $1 order by account_id desc offset $2 limit $3`,
    [customerId, page.offset, page.limit],
  );
  const [count] = await tx.query<{ count: string }>(
    `select count(*) as count from receivables.account where $1::uuid is null or customer_id = $1`,
    [customerId],
  );
  return { accounts, total: Number(count?.count ?? 0) };
}
