import type { UsageClass, UsageUnit } from '@ronghe/contracts';
import type { Amount, Instant } from '@ronghe/kernel';
import type { BucketTake, RatedPart, RatedUsage, UsageEvent, UsagePlan } from '@ronghe/rating';
import type { UsagePlace } from '../balance/canonical-order';
import { partsToJson } from './rated-parts';

/** What was used, by whom, and to which card group and period it belongs. Never changes. */
export interface UsageFact extends UsagePlace {
  lane: number;
  usageId: string;
  accountId: string;
  cardGroupId: string;
  /** Bill period in which the usage started. */
  period: string;
  productId: string;
  card: string;
  /** Null for an online session. */
  fileId: string | null;
  usedAt: Instant;
  usageClass: UsageClass;
  peer: string | null;
  /** Seconds, KB, messages or items by class. */
  quantity: bigint;
  /** What somebody else has priced it at; absent or null: nobody has. */
  preratedAmount?: Amount | null;
}

/** Which price rates a usage, and whose it is booked as. */
export interface UsagePrice {
  offeringCode: string;
  offeringVersion: number;
  bookedProductId: string;
  bookedCard: string;
  chargeCode: string;
  chargeClass: string;
  taxClass: string;
  counterKey: string;
  /** Unit of the price. */
  unit: UsageUnit;
}

/** What it came to: references from which `explain` finds the same amount again. Changes when it is rated anew. */
export interface RatingOutcome extends UsagePrice {
  unitsTotal: bigint;
  unitsCharged: bigint;
  takes: BucketTake[];
  amount: Amount;
  zeroedByCap: boolean;
  /** Stretches of the event with rates of their own; absent where it is one. */
  parts?: RatedPart[];
}

/** A rated usage as it is stored. */
export interface StoredUsage extends UsageFact, RatingOutcome {
  /** How often it was rated with a different result; 1 at first. */
  revision: number;
}

/** The engine's view of a fact. */
export function eventOf(fact: UsageFact): UsageEvent {
  const { usageId, productId, usageClass, usedAt, quantity, source, recordId, isLate, peer, preratedAmount } =
    fact;
  const event = { usageId, productId, usageClass, usedAt, quantity, source, recordId, isLate, peer };
  return preratedAmount === undefined ? event : { ...event, preratedAmount };
}

/** What the engine found, with the price that it used. */
export function outcomeOf(rated: RatedUsage, plan: UsagePlan): RatingOutcome {
  return {
    ...priceOf(plan),
    unitsTotal: rated.unitsTotal,
    unitsCharged: rated.chargedUnits,
    takes: rated.takes,
    amount: rated.amount,
    zeroedByCap: rated.zeroedByCap,
    ...(rated.parts && { parts: rated.parts }),
  };
}

/**
 * A fact with what it came to. Each field by its name: an object that is spread into another one is copied the slow way, and
 * every online report passes here.
 */
export function ratedAs(fact: UsageFact, rated: RatedUsage, plan: UsagePlan): UsageFact & RatingOutcome {
  const usage: UsageFact & RatingOutcome = {
    lane: fact.lane,
    usageId: fact.usageId,
    accountId: fact.accountId,
    cardGroupId: fact.cardGroupId,
    period: fact.period,
    productId: fact.productId,
    card: fact.card,
    source: fact.source,
    recordId: fact.recordId,
    fileId: fact.fileId,
    isLate: fact.isLate,
    usedAt: fact.usedAt,
    usageClass: fact.usageClass,
    peer: fact.peer,
    quantity: fact.quantity,
    offeringCode: plan.offeringCode,
    offeringVersion: plan.offeringVersion,
    bookedProductId: plan.bookedProductId,
    bookedCard: plan.bookedCard,
    chargeCode: plan.chargeCode,
    chargeClass: plan.chargeClass,
    taxClass: plan.taxClass,
    counterKey: plan.counterKey,
    unit: plan.price.document.unit,
    unitsTotal: rated.unitsTotal,
    unitsCharged: rated.chargedUnits,
    takes: rated.takes,
    amount: rated.amount,
    zeroedByCap: rated.zeroedByCap,
  };
  if (fact.preratedAmount !== undefined) usage.preratedAmount = fact.preratedAmount;
  if (rated.parts) usage.parts = rated.parts;
  return usage;
}

/** The price that a plan uses. */
export function priceOf(plan: UsagePlan): UsagePrice {
  return {
    offeringCode: plan.offeringCode,
    offeringVersion: plan.offeringVersion,
    bookedProductId: plan.bookedProductId,
    bookedCard: plan.bookedCard,
    chargeCode: plan.chargeCode,
    chargeClass: plan.chargeClass,
    taxClass: plan.taxClass,
    counterKey: plan.counterKey,
    unit: plan.price.document.unit,
  };
}

/** Whether rating again changed anything that is stored. */
export function isSameOutcome(a: RatingOutcome, b: RatingOutcome): boolean {
  return (
    a.amount === b.amount &&
    a.unitsTotal === b.unitsTotal &&
    a.unitsCharged === b.unitsCharged &&
    a.zeroedByCap === b.zeroedByCap &&
    a.chargeCode === b.chargeCode &&
    a.offeringCode === b.offeringCode &&
    a.offeringVersion === b.offeringVersion &&
    a.bookedProductId === b.bookedProductId &&
    takesText(a.takes) === takesText(b.takes) &&
    partsToJson(a.parts) === partsToJson(b.parts)
  );
}

/** The takes as JSON for the row: `[["convergent-199/data","1024"]]`. */
export function takesToJson(takes: readonly BucketTake[]): string {
  return JSON.stringify(takes.map((take) => [take.bucketCode, take.units.toString()]));
}

/** The inverse of takesToJson, from the parsed column. */
export function takesFromJson(stored: readonly [string, string][]): BucketTake[] {
  return stored.map(([bucketCode, units]) => ({ bucketCode, units: BigInt(units) }));
}

function takesText(takes: readonly BucketTake[]): string {
  return takes
    .filter((take) => take.units !== 0n)
    .map((take) => `${take.bucketCode} ${take.units}`)
    .join();
}
