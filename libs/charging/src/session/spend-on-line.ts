import { localDateOf, type Amount } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import type { GroupPeriod } from '../balance/group-period';
import { afterSpending, spanOf, type Spending } from '../spend-cap/spend-cap';
import { countSpent } from '../spend-cap/spent';
import type { Session, SessionLine } from './session';

/** Where a session's spending is counted. */
interface Counted {
  group: GroupPeriod;
  spending: Spending | null;
}

/** Counts what was spent, on the day on which the line begins: that may be another one than the session's. */
export function spendOnLine(
  { group, spending, session }: Counted & { session: Session },
  { from }: SessionLine,
  amount: Amount,
  book: AccountBook,
): Counted {
  const { productId, accountId, period } = session;
  const zoneOf = () => book.cycleOf(accountId)?.zone;
  const spent = countSpent(group.spent, { productId, usedAt: from }, amount, zoneOf);
  const counted = spent === group.spent ? group : { ...group, spent };
  if (!spending) return { group: counted, spending };
  const day = localDateOf(from, zoneOf() ?? '');
  const isOfSpan = spanOf(spending.cap, { period, day }) === spending.span;
  return { group: counted, spending: isOfSpan ? afterSpending(spending, amount) : spending };
}
