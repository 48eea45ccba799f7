import { billPeriodOf, nextBillPeriod } from '@ronghe/kernel';
import { keysIn } from '../sharing/unit-neighbours';
import type { AccountBook } from './account-book';
import { groupsAt, type GroupPeriod, type GroupPeriodKey } from './group-period';
import { cycleOf } from './wanted-grants';

/** A pack is followed for at most so many periods: more than any validity in days that a catalog should sell. */
const PERIOD_LIMIT = 24;

/** The periods after a group's into which something of its buckets goes: the next, and all that a pack reaches into. */
export function laterKeysOf(
  group: Pick<GroupPeriod, keyof GroupPeriodKey | 'accountId' | 'buckets'>,
  book: AccountBook,
): GroupPeriodKey[] {
  const cycle = cycleOf(group.accountId, book);
  const ends = group.buckets.map(({ validTo }) => validTo).sort();
  const last = ends.at(-1);
  const keys: GroupPeriodKey[] = [];
  let period = nextBillPeriod(billPeriodOf(group.period, cycle), cycle);
  do {
    keys.push(...keysIn(group, period, book));
    period = nextBillPeriod(period, cycle);
  } while (last !== undefined && period.from < last && keys.length < PERIOD_LIMIT);
  return keys;
}

/** Those of the periods that are open, in their order. */
export function laterPeriodsOf(
  group: Parameters<typeof laterKeysOf>[0],
  groups: ReadonlyMap<string, GroupPeriod>,
  book: AccountBook,
): GroupPeriod[] {
  return groupsAt(laterKeysOf(group, book), groups);
}
