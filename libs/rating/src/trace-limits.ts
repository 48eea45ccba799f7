import { amountToDecimal, type Amount } from '@ronghe/kernel';
import type { ExplanationBuilder, StepReference } from './explanation';
import { explainLimits } from './explain-price';
import type { Counter } from './rating-state';
import type { CompiledUsagePrice } from './usage-price';
import { lessBefore } from './wording';
import { spentSoFar } from './wording-usage';

/** The counter of a price before and after an event. */
export interface CounterChange {
  earlier: Counter;
  later: Counter;
}

/**
 * Adds what a period's minimum, maximum and cap leave of an event: the sum with it less the sum before it, each within them.
 * @param list what the event is worth without them
 */
export function traceLimits(
  builder: ExplanationBuilder,
  price: CompiledUsagePrice,
  list: StepReference,
  { earlier, later }: CounterChange,
): StepReference {
  const spent = amountToDecimal(earlier.spent ?? (0n as Amount));
  const sum = builder.add('sum', { a: list, b: spent }, spentSoFar(spent));
  const limited = explainLimits(builder, price, later, sum);
  const given = builder.add('given', { amount: spent }, spentSoFar(spent));
  const limitedBefore = explainLimits(builder, price, earlier, given);
  return builder.add('subtract', { from: limited, amount: limitedBefore }, lessBefore);
}
