import { billPeriodOf, type BillPeriod } from '@ronghe/kernel';
import { periodEntitlements, rollover, type BucketGrant } from '@ronghe/rating';
import { chargingError } from '../charging.errors';
import type { AccountBook, BookedAccount } from './account-book';
import { ratingStateOf, type GroupPeriod, type GroupPeriodKey } from './group-period';

/** A card group in a period whose grants are wanted. */
export interface GrantQuestion extends GroupPeriodKey {
  accountId: string;
}

/**
 * The buckets that a card group shall have in a period: its own allowances, and what is left of the period before.
 * @param previous the period before as it stands now; undefined when there was none
 */
export function wantedGrants(
  question: GrantQuestion,
  previous: GroupPeriod | undefined,
  book: AccountBook,
): BucketGrant[] {
  const cycle = cycleOf(question.accountId, book);
  const period = billPeriodOf(question.period, cycle);
  const own = periodEntitlements({
    cardGroupId: question.cardGroupId,
    holdings: book.holdingsOf(question.accountId),
    offers: book.offers,
    period,
    cycle,
  });
  return [...(previous ? rollover(ratingStateOf(previous), period) : []), ...own];
}

/** The account's cycle; throws `projection_behind` when the account has not arrived. */
export function cycleOf(accountId: string, book: AccountBook): BookedAccount {
  const cycle = book.cycleOf(accountId);
  if (!cycle) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
  return cycle;
}

/** The bill period of a group. */
export function billPeriodOfGroup(question: GrantQuestion, book: AccountBook): BillPeriod {
  return billPeriodOf(question.period, cycleOf(question.accountId, book));
}
