import { ExplanationBuilder, type Explanation } from './explanation';
import { explainPrice } from './explain-price';
import type { RatedUsage } from './rate-usage';
import type { Counter, RatingState } from './rating-state';
import type { UsagePlan } from './usage-plan';
import { countedSoFar, lessBefore, nothingToCharge, taken } from './wording';

/** Why one event costs what it costs; the result is its amount. */
export function traceUsage(
  rated: RatedUsage,
  plan: UsagePlan,
  state: RatingState,
  before: Counter,
  after: Counter,
): Explanation {
  const builder = new ExplanationBuilder();
  const { unit } = plan.price.document;
  let left = rated.unitsTotal.toString();
  for (const take of rated.takes) {
    const label = state.buckets.find((bucket) => bucket.code === take.bucketCode)?.label ?? plan.label;
    const units = take.units.toString();
    left = builder.add('subtract-units', { from: left, units }, taken(unit, units, label));
  }
  if (rated.chargedUnits === 0n) {
    builder.add('given', { amount: '0.00' }, nothingToCharge);
    return builder.build();
  }
  if (before.events === 0n) {
    explainPrice(builder, plan.price, after, left);
    return builder.build();
  }
  const earlier = before.units.toString();
  const counted = builder.add('add-units', { a: earlier, b: left }, countedSoFar(unit, earlier));
  const priceAfter = explainPrice(builder, plan.price, after, counted);
  const priceBefore = explainPrice(builder, plan.price, before, earlier);
  builder.add('subtract', { from: priceAfter, amount: priceBefore }, lessBefore);
  return builder.build();
}
