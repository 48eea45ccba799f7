import { billPeriodOf } from '@ronghe/kernel';
import { periodEntitlements, rollover, type BucketGrant } from '@ronghe/rating';
import { chargingError } from '../charging.errors';
import { bucketOfGrant } from '../grant/unit-grant';
import { cardGroupOfCode, placedInUnit } from '../sharing/unit-buckets';
import type { AccountBook, BookedAccount } from './account-book';
import { ratingStateOf, type GroupPeriod, type GroupPeriodKey } from './group-period';

/** A card group in a period whose grants are wanted. */
export interface GrantQuestion extends GroupPeriodKey {
  accountId: string;
}

/**
 * The buckets that a unit shall have in a period: the allowances of its card groups, and what is left of theirs of the
 * period before.
 * @param previous the units of the period before in which its card groups were, as they stand now
 */
export function wantedGrants(
  question: GrantQuestion,
  previous: readonly GroupPeriod[],
  book: AccountBook,
): BucketGrant[] {
  const cycle = cycleOf(question.accountId, book);
  const period = billPeriodOf(question.period, cycle);
  const { cardGroupId: unitId } = question;
  const holdings = book.holdingsOfUnit(unitId);
  const unit = { unitId, members: book.units.membersOf(unitId, period.from), holdings };
  const carried = previous.flatMap((before) =>
    rollover(ratingStateOf(before), period)
      .map((grant) => ({ grant, cardGroupId: cardGroupOfCode(grant.code, before.cardGroupId) }))
      .filter(({ cardGroupId }) => book.units.unitOf(cardGroupId, period.from) === unitId),
  );
  const own = book.cardGroupsOf(unitId, period).flatMap((cardGroupId) =>
    [
      ...periodEntitlements({
        ...{ cardGroupId, offers: book.offers, period, cycle },
        holdings: book.holdingsOf(book.accountOfUnit(cardGroupId) ?? question.accountId),
      }),
      ...book.grantsOf(cardGroupId, period).map(bucketOfGrant),
    ].map((grant) => ({ grant, cardGroupId })),
  );
  return [...carried, ...own].map(({ grant, cardGroupId }) => placedInUnit(grant, cardGroupId, unit));
}

/** The account's cycle; throws `projection_behind` when the account has not arrived. */
export function cycleOf(accountId: string, book: AccountBook): BookedAccount {
  const cycle = book.cycleOf(accountId);
  if (!cycle) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
  return cycle;
}
