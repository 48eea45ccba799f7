import { billPeriodOf, nextBillPeriod } from '@ronghe/kernel';
import type { AccountBook } from './account-book';
import { keyIn } from './group-change';
import type { GroupPeriod, GroupPeriodKey } from './group-period';
import { cycleOf } from './wanted-grants';

/** The same card group in the period after. */
export function nextKeyOf(group: GroupPeriod, book: AccountBook): GroupPeriodKey {
  const cycle = cycleOf(group.accountId, book);
  return keyIn(group, nextBillPeriod(billPeriodOf(group.period, cycle), cycle).key);
}
