import { billPeriodOf, nextBillPeriod, previousBillPeriod, type BillPeriod } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import { keyIn } from '../balance/group-change';
import type { GroupPeriodKey } from '../balance/group-period';
import { cycleOf } from '../balance/wanted-grants';

/** A unit and period whose neighbours are wanted. */
export type PlacedUnit = GroupPeriodKey & { accountId: string };

/** Where the unit's card groups were rated in the period before: one, unless a member has come since. */
export function previousKeysOf(unit: PlacedUnit, book: AccountBook): GroupPeriodKey[] {
  return keysIn(unit, previousBillPeriod(...periodOf(unit, book)), book);
}

/** Where the unit's card groups are rated in the period after: one, unless a member comes or goes. */
export function nextKeysOf(unit: PlacedUnit, book: AccountBook): GroupPeriodKey[] {
  return keysIn(unit, nextBillPeriod(...periodOf(unit, book)), book);
}

/** Where the unit's card groups are rated in another period. */
export function keysIn(unit: PlacedUnit, period: BillPeriod, book: AccountBook): GroupPeriodKey[] {
  const [own] = periodOf(unit, book);
  const units = book
    .cardGroupsOf(unit.cardGroupId, own)
    .map((cardGroupId) => book.units.unitOf(cardGroupId, period.from));
  const ids = units.length === 0 ? [unit.cardGroupId] : [...new Set(units)];
  return ids.map((cardGroupId) => keyIn({ ...unit, cardGroupId }, period.key));
}

function periodOf(unit: PlacedUnit, book: AccountBook): Parameters<typeof nextBillPeriod> {
  const cycle = cycleOf(unit.accountId, book);
  return [billPeriodOf(unit.period, cycle), cycle];
}
