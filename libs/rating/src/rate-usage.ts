import type { UsageClass } from '@ronghe/contracts';
import type { Amount, Instant } from '@ronghe/kernel';
import type { Explanation } from './explanation';
import type { RatingState } from './rating-state';
import type { UsagePlan } from './usage-plan';

/** One usage event, normalised. */
export interface UsageEvent {
  usageId: string;
  productId: string;
  usageClass: UsageClass;
  /** Start; decides the period, the price version and the allowances. */
  usedAt: Instant;
  /** Measured units: seconds, messages or KB by class. */
  quantity: bigint;
  /** Where it came from; part of the canonical order. */
  source: string;
  recordId: string;
  /** Arrived after its period was closed: rated after everything that the bill already held. */
  isLate: boolean;
}

export interface BucketTake {
  bucketCode: string;
  units: bigint;
}

/** What one event came to. */
export interface RatedUsage {
  usageId: string;
  productId: string;
  bookedProductId: string;
  chargeCode: string;
  counterKey: string;
  /** Counted by the tariff: started minutes, messages, KB. */
  unitsTotal: bigint;
  takes: BucketTake[];
  /** unitsTotal less all takes. */
  chargedUnits: bigint;
  amount: Amount;
  /** Nothing was charged although units were, because the cap had been reached (reason `cap`). */
  zeroedByCap: boolean;
  /** The counter's cap is reached with this event: the service stops until the next period. */
  capReached: boolean;
  trace?: Explanation;
}

/**
 * Rates one event against a state and returns the state after it: counts units, takes from allowances in order,
 * charges the rest R(price(after)) − R(price(before)). Source: SEMANTICS §1 and §3.
 */
export function rateUsage(
  state: RatingState,
  event: UsageEvent,
  plan: UsagePlan,
  options: { trace: boolean } = { trace: false },
): { rated: RatedUsage; state: RatingState } {
  throw new Error(`not written yet: ${state.buckets.length} ${event.usageId} ${plan.chargeCode} ${options.trace}`);
}
