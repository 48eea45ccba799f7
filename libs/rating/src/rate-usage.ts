import type { UsageClass } from '@ronghe/contracts';
import type { Amount, Instant } from '@ronghe/kernel';
import { bucketsFor } from './bucket-order';
import type { Explanation } from './explanation';
import { traceUsage } from './trace-usage';
import type { Counter, RatingState } from './rating-state';
import type { UsagePlan } from './usage-plan';
import { emptyCounter, priceStep } from './usage-price';

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
 * Rates one event against a state and returns the state after it. Stages, in this order (SEMANTICS §3):
 * count units → take from allowances → price the rest R(price(after)) − R(price(before)), not beyond the cap.
 * The given state is not changed. With the trace on, the explanation's result is the amount.
 */
export function rateUsage(
  state: RatingState,
  event: UsageEvent,
  plan: UsagePlan,
  options: { trace: boolean } = { trace: false },
): { rated: RatedUsage; state: RatingState } {
  const { price, counterKey } = plan;
  const unitsTotal = price.countUnits(event.quantity);
  const { takes, left: chargedUnits } = takeFromAllowances(state, event, plan, unitsTotal);
  const before = state.counters[counterKey] ?? emptyCounter;
  const after = advance(before, chargedUnits);
  const { cap } = price;
  const rated: RatedUsage = {
    usageId: event.usageId,
    productId: event.productId,
    bookedProductId: plan.bookedProductId,
    chargeCode: plan.chargeCode,
    counterKey,
    unitsTotal,
    takes,
    chargedUnits,
    amount: priceStep(price, before, after),
    zeroedByCap: chargedUnits > 0n && cap !== null && price.priceOf(before) >= cap,
    capReached: cap !== null && price.priceOf(after) >= cap,
  };
  if (options.trace) rated.trace = traceUsage(rated, plan, state, before, after);
  return { rated, state: nextState(state, takes, counterKey, before === after ? null : after) };
}

function takeFromAllowances(
  state: RatingState,
  event: UsageEvent,
  plan: UsagePlan,
  wanted: bigint,
): { takes: BucketTake[]; left: bigint } {
  const takes: BucketTake[] = [];
  let left = wanted;
  if (left === 0n) return { takes, left };
  for (const bucket of bucketsFor(event, plan.price.document.unit, state.buckets)) {
    const units = bucket.remaining < left ? bucket.remaining : left;
    takes.push({ bucketCode: bucket.code, units });
    left -= units;
    if (left === 0n) break;
  }
  return { takes, left };
}

function advance(counter: Counter, chargedUnits: bigint): Counter {
  if (chargedUnits === 0n) return counter;
  return { units: counter.units + chargedUnits, events: counter.events + 1n };
}

function nextState(
  state: RatingState,
  takes: BucketTake[],
  counterKey: string,
  counter: Counter | null,
): RatingState {
  if (takes.length === 0 && counter === null) return state;
  const taken = new Map(takes.map((take) => [take.bucketCode, take.units]));
  return {
    buckets: state.buckets.map((bucket) => {
      const units = taken.get(bucket.code);
      return units === undefined ? bucket : { ...bucket, remaining: bucket.remaining - units };
    }),
    counters: counter === null ? state.counters : { ...state.counters, [counterKey]: counter },
  };
}
