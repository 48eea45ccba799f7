import { amountFromMicro, maxAmount, subtractAmounts, zeroAmount, type Amount } from '@ronghe/kernel';
import { areOfPrice, countedBeyond, movedCounters, type Counters } from './held-counters';
import type { RatedUsage, UsageEvent } from './rate-usage';
import type { RatingState } from './rating-state';
import { UsageMeter } from './usage-meter';
import type { UsagePlan } from './usage-plan';
import { stretchesOf } from './usage-stretches';

/** Units of a bucket that a session holds for itself. */
export interface ReservedUnits {
  bucketCode: string;
  units: bigint;
}

/** What a session may use beyond what it has used. */
export interface Quota {
  /** In rated units: KB, seconds, messages, items. 0: nothing is left. */
  quantity: bigint;
  reserved: ReservedUnits[];
  /** What it costs beyond the allowances; to be reserved of an account that pays in advance. */
  cost: Amount;
  /** What it would add to counters; to be held too. Empty where nothing limits what may be spent. */
  counted: Counters;
  /** Nothing more can be granted after it. */
  isFinal: boolean;
}

/** The question for quota. */
export interface QuotaQuestion {
  /** What has been used so far, as one event: the price is that of the whole. */
  used: UsageEvent;
  plan: UsagePlan;
  /** Without that event, and without what others have reserved. */
  free: RatingState;
  wanted: bigint;
  /** What somebody else has priced each unit at; absent: nobody has. */
  each?: Amount;
  /** What may be spent beyond the allowances; null: as much as the tariff lets (postpaid). */
  funds: Amount | null;
  /** What others hold of counters, on their way to add it; absent: nothing. */
  held?: Counters | undefined;
}

/**
 * The largest quantity, up to what is wanted, that the allowances and the funds cover: found by rating the whole, so that
 * zones, bands, blockers and caps count as they will when it is used. Where all of it is covered, the grant goes on to the
 * end of the increment that it begins, as far as that costs no more.
 */
export function grantQuota(question: QuotaQuestion): Quota {
  const { wanted, funds } = question;
  const at = probe(question);
  const base = at(0n);
  const after = probeAfterOthers(question) ?? at;
  const costOf = (quantity: bigint): Amount => {
    const cost = costAt(at, quantity);
    return after === at ? cost : maxAmount(cost, costAt(after, quantity));
  };
  const isAffordable = (quantity: bigint): boolean => {
    const rated = at(quantity);
    // A blocker is used up, or the price has reached its cap: the service stops, and only what is included may go on.
    if ((rated.blockedUnits ?? 0n) > (base.blockedUnits ?? 0n)) return false;
    if (base.capReached && rated.chargedUnits > base.chargedUnits) return false;
    return funds === null || costOf(quantity) <= funds;
  };
  const goal = isAffordable(wanted) ? wanted : largest(wanted - 1n, isAffordable);
  const quantity = goal === wanted ? throughIncrement(question, costOf, isAffordable) : goal;
  const rated = at(quantity);
  return {
    quantity,
    reserved: takesBeyond(base, rated),
    cost: funds === null ? zeroAmount : costOf(quantity),
    counted: funds === null ? nothing : countedBeyond(after(0n), after(quantity)),
    isFinal: quantity < wanted || !isAffordable(quantity + 1n),
  };
}

const nothing: Counters = {};

/**
 * The same question as if others had used before all that they hold of the price's counters; null: they hold nothing, or it does not
 * matter. What is free or flat is so once, whoever uses it first: a quantity costs what it does with or without their use, whichever
 * is more.
 */
function probeAfterOthers(question: QuotaQuestion): Probe | null {
  const { free, held, funds, plan } = question;
  if (funds === null || !held || !areOfPrice(held, plan.counterKey)) return null;
  const counters = movedCounters(withSum(free.counters, held, plan), held, 1n);
  return probe({ ...question, free: { buckets: free.buckets, counters } });
}

/** Where what is held has a sum of what it is worth, a counter from before such were kept begins with what it is worth at this price. */
function withSum(counters: Counters, held: Counters, { counterKey, price }: UsagePlan): Counters {
  const counter = counters[counterKey];
  if (!counter || counter.spent !== undefined || held[counterKey]?.spent === undefined) return counters;
  return { ...counters, [counterKey]: { ...counter, spent: price.priceOf(counter) } };
}

function costAt(at: Probe, quantity: bigint): Amount {
  return subtractAmounts(at(quantity).amount, at(0n).amount);
}

/** What is wanted, and what of its last increment costs no more: a longer call may come into another band or step. */
function throughIncrement(
  question: QuotaQuestion,
  costOf: (quantity: bigint) => Amount,
  isAffordable: (quantity: bigint) => boolean,
): bigint {
  const { wanted } = question;
  const more = incrementEnd(question) - question.used.quantity - wanted;
  if (wanted <= 0n || more <= 0n) return wanted;
  const cost = costOf(wanted);
  const isFree = (beyond: bigint): boolean =>
    costOf(wanted + beyond) <= cost && isAffordable(wanted + beyond);
  return wanted + (isFree(more) ? more : largest(more - 1n, isFree));
}

/** Where the increment ends that is begun by what is wanted, from the start of the event. */
function incrementEnd({ used, plan, wanted }: QuotaQuestion): bigint {
  const quantity = used.quantity + wanted;
  const { price } = plan;
  if (!price.rates?.hasIncrements) return price.countMeasured(quantity);
  return stretchesOf({ ...used, quantity }, plan, price.rates).at(-1)?.to ?? quantity;
}

/** The largest quantity of 0 … limit that is affordable; whatever is less than it is, too. */
export function largest(limit: bigint, isAffordable: (quantity: bigint) => boolean): bigint {
  let low = 0n;
  let high = limit;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (isAffordable(middle)) low = middle;
    else high = middle - 1n;
  }
  return low > 0n ? low : 0n;
}

type Probe = (more: bigint) => RatedUsage;

/** Each quantity is rated once; the meter changes with what it rates, and begins anew for every one. */
function probe({ used, plan, free, each }: QuotaQuestion): Probe {
  // A few are asked: a list of them is looked through sooner than a map is made.
  const known: { more: bigint; rated: RatedUsage }[] = [];
  const meter = new UsageMeter(free);
  const event = { ...used };
  return (more) => {
    for (const probed of known) if (probed.more === more) return probed.rated;
    event.quantity = used.quantity + more;
    if (each !== undefined) event.preratedAmount = amountFromMicro(each * event.quantity);
    if (known.length > 0) meter.reset();
    const rated = meter.rate(event, plan);
    known.push({ more, rated });
    return rated;
  };
}

function takesBeyond(base: RatedUsage, rated: RatedUsage): ReservedUnits[] {
  return rated.takes
    .map(({ bucketCode, units }) => {
      const before = base.takes.find((take) => take.bucketCode === bucketCode)?.units ?? 0n;
      return { bucketCode, units: units - before };
    })
    .filter(({ units }) => units > 0n);
}
