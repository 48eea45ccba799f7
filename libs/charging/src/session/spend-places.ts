import type { OnlineChargingPolicy } from '@ronghe/contracts';
import { amountFromDecimal, billPeriodAt, localDateOf, type Instant, type LocalDate } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import type { SpendCap, SpendPlace } from '../spend-cap/spend-cap';
import type { OnlineAccount } from './online-account';
import type { Session } from './session';

/** The cap of every product of which nobody said another one; null: none. */
export function spendCapOf({ spendCap }: OnlineChargingPolicy): SpendCap | null {
  return spendCap
    ? { amount: amountFromDecimal(spendCap.amount), per: spendCap.per, atLimit: 'block' }
    : null;
}

/** Where products of sessions may be held back by a cap: most never are, and nothing is read for them. */
export function spendPlacesOf(
  sessions: readonly Session[],
  creates: readonly { productId: string; account: OnlineAccount }[],
  accounts: ReadonlyMap<string, OnlineAccount>,
  { now, policy }: { now: Instant; policy: OnlineChargingPolicy },
): SpendPlace[] {
  const isAsked = (account: OnlineAccount | undefined): account is OnlineAccount =>
    account !== undefined && (account.capsSpending || spendCapOf(policy) !== null);
  const open = sessions.flatMap(({ accountId, productId, period, startedAt }) => {
    const account = accounts.get(accountId);
    return isAsked(account) ? [placeOf(account, { productId, period, startedAt })] : [];
  });
  const opening = creates.flatMap(({ account, productId }) =>
    isAsked(account)
      ? [placeOf(account, { productId, period: billPeriodAt(now, account).key, startedAt: now })]
      : [],
  );
  return [...open, ...opening];
}

function placeOf(
  account: OnlineAccount,
  { productId, period, startedAt }: Pick<Session, 'productId' | 'period' | 'startedAt'>,
): SpendPlace {
  const { lane, accountId } = account;
  return { lane, accountId, productId, cycle: account, period, day: localDateOf(startedAt, account.zone) };
}

/** The local day on which a session began: all that it spends belongs there. */
export function dayOfSession({ accountId, startedAt }: Session, book: AccountBook): LocalDate {
  const zone = book.cycleOf(accountId)?.zone;
  if (zone === undefined) throw new Error(`the book has no account ${accountId}`);
  return localDateOf(startedAt, zone);
}
