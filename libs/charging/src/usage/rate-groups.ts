import { amountFromMicro, DomainError, isDomainError } from '@ronghe/kernel';
import { UsageMeter, type RatedUsage, type UsagePlan } from '@ronghe/rating';
import { comparePlaces, type UsagePlace } from '../balance/canonical-order';
import { changeGroup, type GroupPeriodChange } from '../balance/group-change';
import { ratingStateOf, type GroupPeriod } from '../balance/group-period';
import { countSpent } from '../spend-cap/spent';
import type { AdmittedFact } from './batch-use';
import type { UsageFact } from './rated-usage';
import type { UsageBook } from './usage-book';
import type { TotalChange } from './usage-totals';

/** What differs from one event to the next of a price. */
export type RatedLine = Pick<
  RatedUsage,
  'unitsTotal' | 'chargedUnits' | 'takes' | 'amount' | 'zeroedByCap' | 'parts'
>;

/** How rated events become rows; of thousands of events nothing else is kept. */
export interface RowMaker {
  /** What the rows of a price begin with, of one file. */
  headOf(fact: UsageFact, plan: UsagePlan): Buffer;
  write(head: Buffer, fact: UsageFact, rated: RatedLine): void;
}

/** A price while usage is rated by it. */
interface Priced {
  head: Buffer;
  /** The file and source of which the head is. */
  of: Pick<UsageFact, 'fileId' | 'source'>;
  total: TotalChange;
}

/** What rating some groups makes. */
export interface RatedGroups {
  changes: GroupPeriodChange[];
  /** What the events add to totals, summed up by group and price. */
  totals: TotalChange[];
}

/** What cannot be rated, with why. */
type Refused = [fact: AdmittedFact, error: DomainError][];

const nothingRefused: Refused = [];

/** Rates the facts of one group after what is stored of it, in canonical order; those that the price cannot rate. */
export function rateGroup(
  group: GroupPeriod,
  facts: readonly AdmittedFact[],
  book: UsageBook,
  into: RatedGroups,
  make: RowMaker,
): Refused {
  let refused = nothingRefused;
  const sorted = areInOrder(facts) ? facts : [...facts].sort(comparePlaces);
  const meter = new UsageMeter(ratingStateOf(group));
  const byPlan = new Map<UsagePlan, Priced>();
  let lastPlace: UsagePlace | null = group.lastPlace;
  let isInOrder = true;
  let { spent } = group;
  for (const fact of sorted) {
    const plan = fact.plan ?? book.planOf(fact);
    const result = rateOrRefuse(meter, fact, plan);
    if (result instanceof DomainError) {
      refused = [...refused, [fact, result]];
      continue;
    }
    let priced = byPlan.get(plan);
    if (priced?.of.fileId !== fact.fileId || priced.of.source !== fact.source) {
      priced = { head: make.headOf(fact, plan), of: fact, total: priced?.total ?? noTotal(fact, plan) };
      byPlan.set(plan, priced);
    }
    addTo(priced.total, result);
    if (spent) spent = countSpent(spent, fact, result.amount, () => book.cycleOf(fact.accountId)?.zone);
    make.write(priced.head, fact, result);
    const isLater = lastPlace === null || comparePlaces(lastPlace, fact) < 0;
    isInOrder &&= isLater && !fact.isLate;
    if (isLater) lastPlace = fact;
  }
  for (const { total } of byPlan.values()) into.totals.push(total);
  const needsRerate = group.needsRerate || !isInOrder;
  const counted = spent === group.spent ? group : { ...group, spent };
  into.changes.push(changeGroup(counted, { state: meter.state(), use: 'use', lastPlace, needsRerate }));
  return refused;
}

/** Nearly always: files are written in the order of time. */
function areInOrder(facts: readonly UsageFact[]): boolean {
  return facts.every((fact, at) => {
    const before = facts[at - 1];
    return !before || comparePlaces(before, fact) <= 0;
  });
}

/** What cannot be priced leaves the meter as it was. A fact is an event of the engine, and more. */
function rateOrRefuse(meter: UsageMeter, fact: UsageFact, plan: UsagePlan): RatedUsage | DomainError {
  try {
    return meter.rate(fact, plan);
  } catch (error) {
    if (isDomainError(error) && error.kind !== 'unavailable') return error;
    throw error;
  }
}

/** Each field by its name: what is left of an object is copied the slow way. */
function noTotal({ lane, accountId, period }: UsageFact, plan: UsagePlan): TotalChange {
  return {
    lane,
    accountId,
    period,
    productId: plan.bookedProductId,
    card: plan.bookedCard,
    chargeCode: plan.chargeCode,
    chargeClass: plan.chargeClass,
    taxClass: plan.taxClass,
    offeringCode: plan.offeringCode,
    offeringVersion: plan.offeringVersion,
    unit: plan.price.document.unit,
    amount: amountFromMicro(0n),
    eventCount: 0,
    unitsTotal: 0n,
    unitsFromAllowance: 0n,
    unitsCharged: 0n,
  };
}

function addTo(total: TotalChange, { amount, unitsTotal, takes, chargedUnits }: RatedUsage): void {
  total.amount = amountFromMicro(total.amount + amount);
  total.eventCount += 1;
  total.unitsTotal += unitsTotal;
  // Not total − charged: what a blocker refused is neither.
  for (const { units } of takes) total.unitsFromAllowance += units;
  total.unitsCharged += chargedUnits;
}
