import type { UsageClass } from '@ronghe/contracts';
import type { Amount, Instant } from '@ronghe/kernel';
import type { Explanation } from './explanation';
import { traceUsage } from './trace-usage';
import type { Counter, RatingState } from './rating-state';
import type { UsagePlan } from './usage-plan';
import { UsageMeter, type RatedEffect } from './usage-meter';

/** One usage event, normalised. */
export interface UsageEvent {
  usageId: string;
  productId: string;
  usageClass: UsageClass;
  /** Start; decides the period, the price version and the allowances. */
  usedAt: Instant;
  /** Measured units: seconds, messages, KB or items by class. Negative: `usage_negative`. */
  quantity: bigint;
  /** The other side's number, digits with its country: decides the zone. Absent or null: no number. */
  peer?: string | null;
  /** What somebody else has priced it at (content, roaming); percentages and dynamic prices are of it. */
  preratedAmount?: Amount | null;
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

/** What one stretch of an event came to: one zone, band and step of the rate. */
export interface RatedPart {
  /** `zone/band/step`; '' where the price has no rates. Its counter is `counterKey#cell`. */
  cell: string;
  /** Units that begin in the stretch. */
  unitsTotal: bigint;
  takes: BucketTake[];
  /** unitsTotal less takes and what a blocker refused. */
  chargedUnits: bigint;
  /** What was added to the cell's counter; its units are measured ones (seconds). */
  counted: Counter;
  /** Before the period's minimum, maximum and cap. */
  listAmount: Amount;
  amount: Amount;
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
  /** unitsTotal less all takes and blockedUnits. */
  chargedUnits: bigint;
  /** Refused by a blocker that was used up: neither taken nor charged (reason `blocked`). Absent: none. */
  blockedUnits?: bigint;
  amount: Amount;
  /** Absent where there is one part in cell '' that follows from what is above. */
  parts?: RatedPart[];
  /** Nothing was charged although units were, because the cap had been reached (reason `cap`). */
  zeroedByCap: boolean;
  /** The counter's cap is reached with this event: the service stops until the next period. */
  capReached: boolean;
  trace?: Explanation;
}

/**
 * Rates one event against a state and returns the state after it, by the rules of `UsageMeter`, which rates many. The
 * given state is not changed. With the trace on, the explanation's result is the amount. Throws what `UsageMeter.rate` throws.
 */
export function rateUsage(
  state: RatingState,
  event: UsageEvent,
  plan: UsagePlan,
  options: { trace: boolean } = { trace: false },
): { rated: RatedUsage; state: RatingState } {
  const meter = new UsageMeter(state);
  const rated = meter.rate(event, plan);
  const after = meter.state();
  if (options.trace) rated.trace = traceUsage({ rated, plan, before: state, after });
  return { rated, state: after };
}

/**
 * The state as it was before an event. Exact for the event that was rated last; for an earlier one the amounts of those
 * behind it become provisional.
 */
export function backOutUsage(state: RatingState, rated: RatedEffect): RatingState {
  const meter = new UsageMeter(state);
  meter.backOut(rated);
  return meter.state();
}

/**
 * Throws what rating the event would throw (`usage_price_missing`, `usage_negative`, `prerated_amount_missing`),
 * whatever is left of allowances.
 */
export function checkPriced(
  usage: Pick<UsageEvent, 'productId' | 'usageClass' | 'usedAt' | 'quantity' | 'peer' | 'preratedAmount'>,
  plan: UsagePlan,
): void {
  const { rates, model } = plan.price;
  if (rates === null && !model.pricesAmounts && usage.quantity >= 0n) return;
  const event: UsageEvent = { usageId: '', source: '', recordId: '', isLate: false, ...usage };
  new UsageMeter({ buckets: [], counters: {} }).rate(event, plan);
}
