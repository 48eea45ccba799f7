import type { AccountOpened } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';
import { findPurses, lockPurses } from '../money/purse.store';
import type { FundsRead } from './funds-book';
import { findMoneySharings, findShareUses } from './money-sharing.store';

/** An account, as far as it decides what is read for it. */
interface SpendingAccount {
  lane: number;
  accountId: string;
  paymentMode: AccountOpened['paymentMode'];
  /** It pays for another account, or another one for it, in some period. */
  sharesMoney: boolean;
}

/**
 * The money of prepaid accounts and of those that pay for them, in the order of locks of purses. Who shares no money costs one
 * statement.
 */
export async function readFunds(
  tx: Tx,
  accounts: readonly SpendingAccount[],
  periods: readonly string[],
  options: { lock: boolean },
): Promise<FundsRead> {
  const prepaid = accounts.filter(({ paymentMode }) => paymentMode === 'prepaid');
  const readPurses = options.lock ? lockPurses : findPurses;
  const sharing = prepaid.filter(({ sharesMoney }) => sharesMoney);
  if (sharing.length === 0) {
    return { purses: await readPurses(tx, prepaid), sharings: [], uses: new Map() };
  }
  const sharings = await findMoneySharings(tx, sharing);
  const owners = sharings.map(({ lane, ownerAccountId }) => ({ lane, accountId: ownerAccountId }));
  const purses = await readPurses(tx, [...prepaid, ...owners]);
  return { purses, sharings, uses: await findShareUses(tx, sharings, periods) };
}
