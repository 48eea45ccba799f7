import { amountFromDecimal } from '@ronghe/kernel';
import { capFor } from './bucket-draw';
import { ExplanationBuilder, type Explanation, type StepReference } from './explanation';
import { explainPrice, explainTotal } from './explain-price';
import { traceLimits, type CounterChange } from './trace-limits';
import { traceParts } from './trace-parts';
import type { BucketTake, RatedUsage } from './rate-usage';
import type { RatingState } from './rating-state';
import type { UsagePlan } from './usage-plan';
import { emptyCounter, type CompiledUsagePrice } from './usage-price';
import { countedSoFar, lessBefore, nothingToCharge, taken } from './wording';
import { refused, takenByMember } from './wording-usage';

/** One event with the states around it. */
export interface TracedUsage {
  rated: RatedUsage;
  plan: UsagePlan;
  before: RatingState;
  after: RatingState;
}

/** Why one event costs what it costs; the result is its amount. */
export function traceUsage(traced: TracedUsage): Explanation {
  const { rated, plan, before, after } = traced;
  const builder = new ExplanationBuilder();
  if (plan.price.rates !== null) {
    traceParts(builder, traced, plan.price.rates);
    return builder.build();
  }
  const left = traceTakes(builder, traced, rated.takes, rated.unitsTotal, rated.blockedUnits ?? 0n);
  if (rated.chargedUnits === 0n) {
    builder.add('given', { amount: '0.00' }, nothingToCharge);
    return builder.build();
  }
  const earlier = before.counters[rated.counterKey] ?? emptyCounter;
  const later = after.counters[rated.counterKey] ?? emptyCounter;
  const change = { earlier, later };
  if (earlier.spent === undefined || earlier.spent === plan.price.priceOf(earlier))
    traceDifference(builder, plan.price, change, { left, explain: explainPrice });
  else {
    // What was used before was not charged at this price.
    const list = traceDifference(builder, plan.price, change, { left, explain: explainTotal });
    if (amountFromDecimal(builder.valueOf(list)) !== rated.amount)
      traceLimits(builder, plan.price, list, change);
  }
  return builder.build();
}

/** Adds what a price makes of all that is counted, less what it makes of what was counted before; the latter only where there is any. */
function traceDifference(
  builder: ExplanationBuilder,
  price: CompiledUsagePrice,
  { earlier, later }: CounterChange,
  { left, explain }: { left: string; explain: typeof explainPrice },
): StepReference {
  if (earlier.units === 0n) return explain(builder, price, later, left);
  const { unit } = price.document;
  const units = earlier.units.toString();
  const counted = builder.add('add-units', { a: units, b: left }, countedSoFar(unit, units));
  const priceAfter = explain(builder, price, later, counted);
  const priceBefore = explain(builder, price, earlier, units);
  return builder.add('subtract', { from: priceAfter, amount: priceBefore }, lessBefore);
}

/** Adds what buckets gave of some units and what a blocker refused; the operand of what is left. */
export function traceTakes(
  builder: ExplanationBuilder,
  { rated, plan, before }: TracedUsage,
  takes: readonly BucketTake[],
  units: bigint,
  blocked: bigint,
): string {
  const { unit } = plan.price.document;
  let left = units.toString();
  for (const take of takes) {
    const bucket = before.buckets.find(({ code }) => code === take.bucketCode);
    const label = bucket?.label ?? plan.label;
    const cap = bucket ? capFor(bucket, rated.productId) : null;
    const gives = take.units.toString();
    const sentence =
      cap === null ? taken(unit, gives, label) : takenByMember(unit, gives, label, cap.toString());
    left = builder.add('subtract-units', { from: left, units: gives }, sentence);
  }
  if (blocked > 0n) {
    const refusedUnits = blocked.toString();
    left = builder.add('subtract-units', { from: left, units: refusedUnits }, refused(unit, refusedUnits));
  }
  return left;
}
