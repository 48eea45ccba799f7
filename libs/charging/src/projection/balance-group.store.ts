import { arrayOf, columnArrays } from '@ronghe/kernel';
import type { AccountOpened } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

/** Whose balance group an account is in. */
export type AccountGroup = Pick<AccountOpened, 'accountId' | 'balanceGroupId' | 'lane'>;

/** Accounts whose balance group is a stand-in and has not been asked for. */
export async function findGroupless(tx: Tx, limit: number): Promise<AccountGroup[]> {
  const rows = await tx.query<{ account_id: string; lane: number; balance_group_id: string }>(
    `select account_id, lane, balance_group_id from charging.account where not is_group_known order by account_id limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    lane: row.lane,
    balanceGroupId: row.balance_group_id,
  }));
}

const GROUPS = `unnest($1::smallint[], $2::uuid[], $3::uuid[]) as known (lane, account_id, balance_group_id)`;

/**
 * Puts the balance groups of accounts in place of stand-ins, also in what they shared with themselves. Books of products are read
 * again; those of other accounts of the group were read without this one.
 */
export async function saveBalanceGroups(tx: Tx, accounts: readonly AccountGroup[]): Promise<void> {
  if (accounts.length === 0) return;
  await tx.query(
    `select 1 from charging.account where account_id = any($1::uuid[]) or balance_group_id = any($2::uuid[])
     order by account_id for update`,
    [
      arrayOf(accounts.map(({ accountId }) => accountId)),
      arrayOf(accounts.map(({ balanceGroupId }) => balanceGroupId)),
    ],
  );
  const keys = columnArrays(
    accounts,
    ({ lane }) => lane,
    ({ accountId }) => accountId,
    ({ balanceGroupId }) => balanceGroupId,
  );
  await tx.execute(
    `update charging.sharing s set balance_group_id = known.balance_group_id from ${GROUPS}
     where s.lane = known.lane and s.balance_group_id = known.account_id`,
    keys,
  );
  await tx.execute(
    `update charging.account a set balance_group_id = known.balance_group_id, is_group_known = true,
       products_version = a.products_version + 1
     from ${GROUPS} where a.account_id = known.account_id and not a.is_group_known`,
    keys,
  );
}
