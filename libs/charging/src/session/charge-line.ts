import { bucketsFor, UsageMeter, type QuotaQuestion, type RatingState, type UsagePlan } from '@ronghe/rating';
import type { AccountBook } from '../balance/account-book';
import { comparePlaces, placeOnly } from '../balance/canonical-order';
import { changeByUse, type GroupPeriodChange } from '../balance/group-change';
import { ratingStateOf, type GroupPeriod, type StoredBucket } from '../balance/group-period';
import { backOut } from '../balance/replay';
import { freeFunds } from '../money-sharing/funds';
import { withinCap } from '../spend-cap/spend-cap';
import { eventOf, ratedAs, type RatingOutcome, type UsageFact } from '../usage/rated-usage';
import type { ChargingTime, SessionBalances } from './charging-time';
import { ONLINE_SOURCE, type Session, type SessionLine } from './session';
import { freeBucket } from './reserved-units';
import { preratedAmountOf } from './session-lines';
import { quantityOf } from './units';

/** What a line came to at its last report. */
type RatedBefore = UsageFact & RatingOutcome;

/** A line as it is rated at its present total. */
export interface ChargedLine {
  change: GroupPeriodChange;
  usage: UsageFact & RatingOutcome;
  /** The price has come to its cap: it charges no more, and the service stops. */
  capReached: boolean;
}

/**
 * Brings a line's rated usage to its total: what was rated before is backed out and the whole is rated, so that the sum of
 * the reports is the price of the whole. Where it is out of order and its place may matter, the group is marked.
 */
export function chargeLine(
  group: GroupPeriod,
  fact: UsageFact,
  before: RatedBefore | undefined,
  plan: UsagePlan,
): ChargedLine {
  const meter = new UsageMeter(ratingStateOf(group));
  if (before) meter.backOut({ ...before, chargedUnits: before.unitsCharged });
  const rated = meter.rate(fact, plan);
  const usage = ratedAs(fact, rated, plan);
  const { lastPlace } = group;
  const order = lastPlace === null ? -1 : comparePlaces(lastPlace, fact);
  const needsRerate =
    group.needsRerate || (order > 0 && !commutes(fact, usage, plan, meter.state().buckets as StoredBucket[]));
  const change = changeByUse(group, meter, {
    lastPlace: order < 0 ? placeOnly(fact) : lastPlace,
    needsRerate,
  });
  return { change, usage, capReached: rated.capReached };
}

/** What a line's session may use beyond what it has used: the question for quota, of which what is wanted is still open. */
export function quotaQuestion(
  { session, group, funds, spending }: Pick<SessionBalances, 'session' | 'group' | 'funds' | 'spending'>,
  line: SessionLine,
  { before, plan }: { before: RatedBefore | undefined; plan: UsagePlan },
  { book, now }: ChargingTime,
): QuotaQuestion {
  const question: QuotaQuestion = {
    used: eventOf(factOf(session, line, book)),
    plan,
    free: freeStateWithout(group, before),
    wanted: 0n,
    funds: withinCap(funds && freeFunds(funds, now), spending),
    held: group.counterHolds,
  };
  if (line.priced) question.each = line.priced.each;
  return question;
}

/** The group's state as if the line had not been rated yet, without what others have reserved: what the line may use. */
export function freeStateWithout(group: GroupPeriod, before: RatedBefore | undefined): RatingState {
  const state = ratingStateOf({ buckets: group.buckets.map(freeBucket), counters: group.counters });
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
  const [first] = bucketsFor(fact, plan.price.document.unit, full);
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
