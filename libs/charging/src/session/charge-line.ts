import { bucketsFor, rateUsage, type RatingState, type UsagePlan } from '@ronghe/rating';
import type { AccountBook } from '../balance/account-book';
import { comparePlaces, laterPlace } from '../balance/canonical-order';
import { changeGroup, type GroupPeriodChange } from '../balance/group-change';
import { ratingStateOf, type GroupPeriod, type StoredBucket } from '../balance/group-period';
import { backOut } from '../balance/replay';
import { eventOf, ratedAs, type RatingOutcome, type StoredUsage, type UsageFact } from '../usage/rated-usage';
import { ONLINE_SOURCE, type Session, type SessionLine } from './session';
import { freeBucket } from './reserved-units';
import { preratedAmountOf } from './session-lines';
import { quantityOf } from './units';

/** A line as it is rated at its present total. */
export interface ChargedLine {
  change: GroupPeriodChange;
  usage: UsageFact & RatingOutcome;
}

/**
 * Brings a line's rated usage to its total: what was rated before is backed out and the whole is rated, so that the sum of
 * the reports is the price of the whole. Where it is out of order and its place may matter, the group is marked.
 */
export function chargeLine(
  group: GroupPeriod,
  fact: UsageFact,
  before: StoredUsage | undefined,
  plan: UsagePlan,
): ChargedLine {
  const state = stateWithout(group, before);
  const step = rateUsage(state, eventOf(fact), plan);
  const usage = ratedAs(fact, step.rated, plan);
  const isLast = group.lastPlace === null || comparePlaces(group.lastPlace, fact) <= 0;
  const change = changeGroup(group, {
    state: step.state,
    use: 'use',
    lastPlace: laterPlace(group.lastPlace, fact),
    needsRerate:
      group.needsRerate || !(isLast || commutes(fact, usage, plan, step.state.buckets as StoredBucket[])),
  });
  return { change, usage };
}

/** The same of what others have not reserved: what the line may use. */
export function freeStateWithout(group: GroupPeriod, before: StoredUsage | undefined): RatingState {
  return stateWithout({ ...group, buckets: group.buckets.map(freeBucket) }, before);
}

/** The group's state as if the line had not been rated yet. */
function stateWithout(group: GroupPeriod, before: StoredUsage | undefined): RatingState {
  const state = ratingStateOf(group);
  return before ? backOut(state, { ...before, chargedUnits: before.unitsCharged }) : state;
}

/**
 * Whether the order in which it came makes no difference: all of it came out of the first bucket that it may use, and
 * something is left there, so that others found there what they needed as well (SEMANTICS §3: an edge was not crossed).
 */
function commutes(
  fact: UsageFact,
  { takes, unitsCharged }: RatingOutcome,
  plan: UsagePlan,
  after: readonly StoredBucket[],
): boolean {
  const [take] = takes;
  if (unitsCharged > 0n || takes.length > 1) return false;
  if (!take) return true;
  const full = after.map((bucket) => ({ ...bucket, remaining: bucket.quantity }));
  const [first] = bucketsFor(eventOf(fact), plan.price.document.unit, full);
  const left = after.find((bucket) => bucket.code === take.bucketCode)?.remaining ?? 0n;
  return first?.code === take.bucketCode && left > 0n;
}

/** A line as usage: whole, at its start. */
export function factOf(session: Session, line: SessionLine, book: AccountBook): UsageFact {
  const { lane, accountId, cardGroupId, period, productId, peer } = session;
  return {
    lane,
    usageId: line.usageId,
    accountId,
    cardGroupId,
    period,
    productId,
    card: book.productOf(productId)?.card ?? '',
    source: ONLINE_SOURCE,
    recordId: line.usageId,
    fileId: null,
    isLate: false,
    usedAt: line.from,
    usageClass: line.usageClass,
    peer,
    quantity: quantityOf(line.usageClass, line.used),
    ...(line.priced && { preratedAmount: preratedAmountOf(line.priced, line.used) }),
  };
}
