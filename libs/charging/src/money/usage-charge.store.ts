import {
  amountFromMicro,
  negateAmount,
  subtractAmounts,
  sumAmounts,
  zeroAmount,
  type Amount,
  type Instant,
} from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { columnArrays } from '../column-arrays';
import { groupBy } from '../group-by';
import { findAccounts } from '../projection/account.store';
import type { TotalChange } from '../usage/usage-totals';
import { drawMoney, giveBackMoney, type Purse, type PurseChange } from './purse';
import { lockPurses, savePurses } from './purse.store';

/**
 * Takes what usage of prepaid accounts came to out of their purses, and gives back what less it came to when it was
 * rated again: each change of a total moves money by the same amount. Postpaid accounts are left alone.
 * @param reference the cause of the entries
 */
export async function chargePurses(
  tx: Tx,
  changes: readonly TotalChange[],
  reference: string,
): Promise<void> {
  const moving = changes.filter((change) => change.amount !== 0n);
  if (moving.length === 0) return;
  const accounts = await findAccounts(tx, [...new Set(moving.map((change) => change.accountId))]);
  const purses = await lockPurses(
    tx,
    accounts.filter((account) => account.paymentMode === 'prepaid'),
  );
  const byAccount = groupBy(moving, (change) => change.accountId);
  const paid = await findPaidByBonuses(
    tx,
    [...purses.values()].filter(({ accountId }) =>
      byAccount.get(accountId)?.some((each) => each.amount < 0n),
    ),
  );
  const charged = [...purses.values()].map((purse) =>
    chargePurse(purse, byAccount.get(purse.accountId) ?? [], paid, tx.now),
  );
  await savePurses(tx, charged, reference);
}

function chargePurse(
  purse: Purse,
  changes: readonly TotalChange[],
  paid: ReadonlyMap<string, Amount>,
  now: Instant,
): PurseChange {
  let result: PurseChange = { purse, moves: [] };
  for (const [taxClass, own] of groupBy(changes, (change) => change.taxClass)) {
    const amount = sumAmounts(own.map((change) => change.amount));
    if (amount === 0n) continue;
    const next =
      amount > 0n
        ? drawMoney(result.purse, amount, now, { kind: 'use', taxClass })
        : giveBackMoney(
            result.purse,
            { amount: negateAmount(amount), taxClass, at: now },
            lessMoved(paid, result),
          );
    result = { purse: next.purse, moves: [...result.moves, ...next.moves] };
  }
  return result;
}

/** What buckets have paid, with the movements of this change. */
function lessMoved(paid: ReadonlyMap<string, Amount>, { moves }: PurseChange): ReadonlyMap<string, Amount> {
  const result = new Map(paid);
  for (const move of moves) {
    if (move.kind === 'overrun') continue;
    result.set(move.bucketId, subtractAmounts(result.get(move.bucketId) ?? zeroAmount, move.delta));
  }
  return result;
}

/** What each bonus of purses has paid for usage, less what it got back. */
async function findPaidByBonuses(tx: Tx, purses: readonly Purse[]): Promise<ReadonlyMap<string, Amount>> {
  const bonuses = purses.flatMap((purse) => purse.buckets.filter((bucket) => bucket.kind === 'bonus'));
  if (bonuses.length === 0) return new Map();
  const rows = await tx.query<{ bucket_id: string; paid: string }>(
    `select e.bucket_id, (-sum(e.delta))::text as paid from charging.money_entry e
     join unnest($1::smallint[], $2::uuid[], $3::uuid[]) as wanted (lane, account_id, bucket_id)
       using (lane, account_id, bucket_id)
     where e.kind in ('use', 'rerate') group by e.bucket_id`,
    columnArrays(
      bonuses,
      (bucket) => bucket.lane,
      (bucket) => bucket.accountId,
      (bucket) => bucket.bucketId,
    ),
  );
  return new Map(rows.map((row) => [row.bucket_id, amountFromMicro(BigInt(row.paid))]));
}
