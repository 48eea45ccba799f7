import type { LocalizedText, Rollover, UsageClass, UsageUnit } from '@ronghe/contracts';
import type { BillCycle, BillPeriod, Instant } from '@ronghe/kernel';
import type { Holding, OfferLookup } from './holding';

/** What a card group (or one product of it) may use in a period: a bucket, when it is opened. */
export interface BucketGrant {
  /** Unique within the card group and period, stable over recomputation: `convergent-199/data`, `rolled/convergent-199/data`. */
  code: string;
  label: LocalizedText;
  /** Rolled over from the period before, or this period's own. */
  origin: 'base' | 'rolled';
  /** The one product that may use it; null: every product of the card group. */
  productId: string | null;
  usageClasses: UsageClass[];
  unit: UsageUnit;
  /** In `unit`. */
  quantity: bigint;
  /** Usage that starts in [validFrom, validTo) may take from it. */
  validFrom: Instant;
  validTo: Instant;
  /** Lower first, within the same rank. */
  priority: number;
  /** What becomes of what is left; null: it lapses. */
  rollover: Rollover | null;
  offeringCode: string;
  offeringVersion: number;
}

export interface EntitlementQuestion {
  cardGroupId: string;
  /** Every product of the account, also ended ones: a bundle may depend on products outside the card group. */
  holdings: readonly Holding[];
  offers: OfferLookup;
  period: BillPeriod;
  cycle: BillCycle;
}

/**
 * The base buckets of a card group in a bill period, prorated, with a bundle's allowance in place of the plan's
 * while the bundle holds. Order is stable. Rolled-over buckets come from `rollover`.
 */
export function periodEntitlements(question: EntitlementQuestion): BucketGrant[] {
  throw new Error(`not written yet: ${question.cardGroupId}`);
}
