import { groupBy, negateAmount, sumAmounts, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findAccounts } from '../projection/account.store';
import type { TotalChange } from '../usage/usage-totals';
import { drawFunds, giveBackFunds, type CausedChange, type FundsChange } from '../money-sharing/funds';
import { FundsBook } from '../money-sharing/funds-book';
import { readFunds } from '../money-sharing/funds.store';
import { saveShareUses } from '../money-sharing/money-sharing.store';
import { savePurses } from './purse.store';

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
  const periods = [...new Set(moving.map(({ period }) => period))];
  const book = new FundsBook(await readFunds(tx, accounts, periods, { lock: true }));
  const byMonth = groupBy(moving, ({ accountId, period }) => `${accountId}/${period}`);
  const charged = [...byMonth.values()].flatMap((own) => chargeFunds(book, own, tx.now));
  await savePurses(tx, charged, reference);
  await saveShareUses(tx, book.shareUses());
}

/** @param changes those of one account and period */
function chargeFunds(book: FundsBook, changes: readonly TotalChange[], now: Instant): CausedChange[] {
  const [first] = changes;
  const found = first ? book.fundsOf(first.accountId, first.period) : null;
  if (!found) return [];
  let funds = found;
  const charged: CausedChange[] = [];
  for (const [taxClass, own] of groupBy(changes, (change) => change.taxClass)) {
    const amount = sumAmounts(own.map((change) => change.amount));
    if (amount === 0n) continue;
    const next: FundsChange =
      amount > 0n
        ? drawFunds(funds, amount, now, { kind: 'use', taxClass })
        : giveBackFunds(funds, { amount: negateAmount(amount), taxClass, at: now });
    ({ funds } = next);
    charged.push(...next.changes);
  }
  book.keep(funds);
  return charged;
}
