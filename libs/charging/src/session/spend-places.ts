import type { OnlineChargingPolicy } from '@ronghe/contracts';
import { billPeriodAt, localDateOf, type Instant, type LocalDate } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import { defaultCapOf } from '../spend-cap/reached-caps';
import type { SpendPlace } from '../spend-cap/spend-cap';
import type { OnlineAccount } from './online-account';
import type { Session } from './session';

/** Where products of sessions may be held back by a cap: most never are, and nothing is read for them. */
export function spendPlacesOf(
  sessions: readonly Session[],
  creates: readonly { productId: string; cardGroupId: string; account: OnlineAccount }[],
  accounts: ReadonlyMap<string, OnlineAccount>,
  { now, policy }: { now: Instant; policy: OnlineChargingPolicy },
): SpendPlace[] {
  const isAsked = (account: OnlineAccount | undefined): account is OnlineAccount =>
    account !== undefined && (account.capsSpending || defaultCapOf(policy) !== null);
  const open = sessions.flatMap((session) => {
    const account = accounts.get(session.accountId);
    return isAsked(account) ? [placeOf(account, session)] : [];
  });
  const opening = creates.flatMap(({ account, productId, cardGroupId }) => {
    const at = { productId, cardGroupId, period: billPeriodAt(now, account).key, startedAt: now };
    return isAsked(account) ? [placeOf(account, at)] : [];
  });
  return [...open, ...opening];
}

type SessionStart = Pick<Session, 'productId' | 'cardGroupId' | 'period' | 'startedAt'>;

function placeOf(
  account: OnlineAccount,
  { productId, cardGroupId, period, startedAt }: SessionStart,
): SpendPlace {
  const { lane, accountId } = account;
  const day = localDateOf(startedAt, account.zone);
  return { lane, accountId, productId, cardGroupId, cycle: account, period, day };
}

/** The local day on which a session began: all that it spends belongs there. */
export function dayOfSession({ accountId, startedAt }: Session, book: AccountBook): LocalDate {
  const zone = book.cycleOf(accountId)?.zone;
  if (zone === undefined) throw new Error(`the book has no account ${accountId}`);
  return localDateOf(startedAt, zone);
}
