import type { Tx } from '@ronghe/platform';
import type { AccountBook } from '../../balance/account-book';
import { findMoneySharers } from '../../money-sharing/money-sharing.store';
import type { PurseKey } from '../../money/purse.store';
import { noteCreditChanges } from './session-notification.store';

/** An account to which credit came back. */
export type CreditedAccount = PurseKey & { sharesMoney: boolean };

/**
 * Notes that an account has more money, or may spend more: its sessions, and those of accounts that may use its money, may
 * go on. Behind card groups, fees and money, as sessions lock them.
 * @param others accounts that got something else with it
 */
export async function noteMoneyBack(
  tx: Tx,
  account: CreditedAccount,
  others: readonly PurseKey[] = [],
): Promise<void> {
  await noteCreditChanges(tx, [account, ...others, ...(await findMoneySharers(tx, account))]);
}

/** The accounts whose sessions may go on when rating units got units: those that draw on one of them. */
export function unitSharers(lane: number, unitIds: readonly string[], book: AccountBook): PurseKey[] {
  const accountIds = new Set(unitIds.flatMap((unitId) => book.accountsOfUnit(unitId)));
  return [...accountIds].map((accountId) => ({ lane, accountId }));
}
