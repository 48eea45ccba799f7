import type { Tx } from '@ronghe/platform';
import { findAccounts } from '../../projection/account.store';
import type { StoredUsage } from '../rated-usage';
import { usageFromRow, type UsageRow } from '../rated-usage.store';

/** A page of rated usage: of an account in the order of use, or of all lanes by id. */
export async function findUsageList(
  tx: Tx,
  at: { accountId: string | null; offset: number; limit: number },
): Promise<StoredUsage[]> {
  const paging = [at.limit, at.offset];
  if (at.accountId === null) {
    const every = `select * from charging.rated_usage where lane between 0 and 1023
       order by lane, usage_id limit $1 offset $2`;
    return (await tx.query<UsageRow>(every, paging)).map(usageFromRow);
  }
  const [account] = await findAccounts(tx, [at.accountId]);
  if (!account) return [];
  const rows = await tx.query<UsageRow>(
    `select * from charging.rated_usage where lane = $3 and account_id = $4
     order by period, used_at, usage_id limit $1 offset $2`,
    [...paging, account.lane, account.accountId],
  );
  return rows.map(usageFromRow);
}

/** How many rated usages there are, from the totals: they hold the number of their events. */
export async function countUsage(tx: Tx, accountId: string | null): Promise<number> {
  const [account] = accountId === null ? [] : await findAccounts(tx, [accountId]);
  if (accountId !== null && !account) return 0;
  const where = account ? 'lane = $1 and account_id = $2' : 'lane between 0 and 1023';
  const sql = `select coalesce(sum(event_count), 0) as count from charging.usage_sum where ${where}`;
  const [row] = await tx.query<{ count: string }>(sql, account ? [account.lane, account.accountId] : []);
  return Number(row?.count ?? 0);
}
