import type { Tx } from '@ronghe/platform';
import type { PurseKey } from './purse.store';

const ENDED = `valid_to <= $1 and not is_expired`;

/** Accounts that have money whose end has come, apart from what open sessions hold; empty when there is none. */
export async function findEnded(tx: Tx, limit: number): Promise<PurseKey[]> {
  const rows = await tx.query<{ lane: number; account_id: string }>(
    `select distinct lane, account_id from (
       select lane, account_id from charging.money_bucket where ${ENDED} and remaining > reserved
       order by valid_to limit $2
     ) as ended`,
    [tx.now, limit],
  );
  return rows.map((row) => ({ lane: row.lane, accountId: row.account_id }));
}

/** Whether anything has ended that has not been looked at. */
export async function hasEnded(tx: Tx): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from charging.money_bucket
     where ${ENDED} and (remaining > reserved or (remaining <= 0 and reserved = 0)) limit 1`,
    [tx.now],
  );
  return rows.length > 0;
}

/** Puts away buckets that ended empty, so that nobody looks at them again. Returns how many. */
export async function closeEmpty(tx: Tx, limit: number): Promise<number> {
  return tx.execute(
    `update charging.money_bucket b set is_expired = true from (
       select lane, bucket_id from charging.money_bucket where ${ENDED} and remaining <= 0 and reserved = 0
       limit $2 for update skip locked
     ) as empty where (b.lane, b.bucket_id) = (empty.lane, empty.bucket_id)`,
    [tx.now, limit],
  );
}
