import { isDomainError, zeroAmount, type Instant } from '@ronghe/kernel';
import type { AccountBook } from '../../balance/account-book';
import type { GroupPeriod } from '../../balance/group-period';
import { freeFunds, releaseFunds, type Funds } from '../../money-sharing/funds';
import { grantQuota } from '@ronghe/rating';
import { afterRelease, isSpent, withinCap, type Spending } from '../../spend-cap/spend-cap';
import { eventOf, type StoredUsage } from '../../usage/rated-usage';
import { factOf, freeStateWithout } from '../charge-line';
import { refusesMore } from '../product-stop';
import { groupHolding, holdOf } from '../reserved-units';
import type { OnlineUse } from '../online-policy';
import type { GrantPace, Reservation, ReservationKey, Session } from '../session';
import { openLineOf } from '../session-lines';

/** An open session with what it draws on. `funds` is null for an account that pays afterwards. */
export interface CheckedSession {
  session: Session;
  group: GroupPeriod;
  funds: Funds | null;
  spending: Spending | null;
  usage: ReadonlyMap<string, StoredUsage>;
  book: AccountBook;
  /** What a rating group is used for; null where nothing tells. */
  useOf: (ratingGroup: number) => OnlineUse | null;
}

/**
 * What an open session's credit has come to. `cut`: nothing that it holds is left, or its product was stopped or has ended, and
 * none of its rating groups can get more. `again`: rating groups that were told that nothing is left, and now there is. `isTold`:
 * the network function heard in its last answer that nothing is left.
 */
export interface CreditState {
  isCut: boolean;
  isTold: boolean;
  again: number[];
}

/** Looks at a session's credit at a business time. One that never asked for quota is never cut. */
export function creditOf(checked: CheckedSession, at: Instant): CreditState {
  const { session } = checked;
  const holdsMore = session.reserved.some(({ kind, bucket }) => isLeft(checked, kind, bucket));
  const product = checked.book.productOf(session.productId);
  const isStopped = ({ ratingGroup }: ReservationKey) =>
    product !== undefined && refusesMore(product, checked.useOf(ratingGroup)?.usageClass ?? null, at);
  const places = session.pace.map((place) => ({
    ...place,
    canGet: !isStopped(place) && canGet(checked, place, at),
  }));
  const isOver = !holdsMore || places.every(isStopped);
  return {
    isCut: places.length > 0 && isOver && places.every((place) => !place.canGet),
    isTold: places.every(({ granted }) => granted === 0n),
    again: [
      ...new Set(places.filter(({ granted, canGet }) => granted === 0n && canGet).map((e) => e.ratingGroup)),
    ].sort((a, b) => a - b),
  };
}

/**
 * Whether the least quantity would be granted, were the session to give back what it holds. Of a counter that is not expected: who was
 * granted nothing stands back behind all who hold of it, and who was granted some behind nobody, as others came after.
 */
function canGet(checked: CheckedSession, { ratingGroup, granted }: GrantPace, at: Instant): boolean {
  const { session, book, usage } = checked;
  const use = checked.useOf(ratingGroup);
  if (use === null) return true;
  const { usageClass } = use;
  const line = openLineOf(session, session.lines, use);
  const fact = factOf(session, line, book);
  const group = groupHolding(checked.group, session.reserved, -1n);
  const question = () => ({
    used: eventOf(fact),
    plan: book.planOf({ productId: session.productId, usageClass, usedAt: line.from }),
    free: freeStateWithout(group, usage.get(line.usageId)),
    funds: fundsOf(checked, at),
    held: granted === 0n ? checked.group.counterHolds : undefined,
    wanted: 1n,
    ...(line.priced && { each: line.priced.each }),
  });
  try {
    return grantQuota(question()).quantity > 0n;
  } catch (error) {
    // Without a price (a zone or band without a rate) nothing is granted; others are looked at all the same.
    if (isDomainError(error) && error.kind !== 'unavailable') return false;
    throw error;
  }
}

function fundsOf({ session, funds, spending }: CheckedSession, at: Instant) {
  const holds = session.reserved.filter(({ kind }) => kind === 'money').map(holdOf);
  const spends = session.reserved.filter(({ kind }) => kind === 'spend');
  const free = funds && freeFunds(holds.length > 0 ? releaseFunds(funds, holds).funds : funds, at);
  return withinCap(free, afterRelease(spending, spends));
}

/** Whether anything is left of what is held: nothing costs any more where a spend cap was reached. */
function isLeft(
  { group, funds, spending }: CheckedSession,
  kind: Reservation['kind'],
  bucket: string,
): boolean {
  switch (kind) {
    case 'units':
      return leftOf(group, bucket) > 0n;
    case 'money':
      return !isSpent(spending) && moneyOf(funds, bucket) > 0n;
    case 'spend':
      return spending !== null && !isSpent(spending);
    // Worth nothing by itself: money is held for what it costs, and the rest anybody can get.
    case 'counter':
      return false;
  }
}

function leftOf(group: GroupPeriod, code: string): bigint {
  return group.buckets.find((bucket) => bucket.code === code)?.remaining ?? 0n;
}

function moneyOf(funds: Funds | null, bucketId: string): bigint {
  const buckets = [...(funds?.purse.buckets ?? []), ...(funds?.shared?.purse.buckets ?? [])];
  const bucket = buckets.find((each) => each.bucketId === bucketId);
  return bucket ? bucket.remaining + bucket.creditLimit : zeroAmount;
}
