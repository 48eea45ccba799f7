import { negateAmount, sumAmounts, type Instant, groupBy } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findAccounts } from '../projection/account.store';
import type { TotalChange } from '../usage/usage-totals';
import { drawMoney, giveBackMoney, type Purse, type PurseChange } from '@ronghe/rating';
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
  const charged = [...purses.values()].map((purse) =>
    chargePurse(purse, byAccount.get(purse.accountId) ?? [], tx.now),
  );
  await savePurses(tx, charged, reference);
}

function chargePurse(purse: Purse, changes: readonly TotalChange[], now: Instant): PurseChange {
  let result: PurseChange = { purse, moves: [] };
  for (const [taxClass, own] of groupBy(changes, (change) => change.taxClass)) {
    const amount = sumAmounts(own.map((change) => change.amount));
    if (amount === 0n) continue;
    const next =
      amount > 0n
        ? drawMoney(result.purse, amount, now, { kind: 'use', taxClass })
        : giveBackMoney(result.purse, { amount: negateAmount(amount), taxClass, at: now });
    result = { purse: next.purse, moves: [...result.moves, ...next.moves] };
  }
  return result;
}
