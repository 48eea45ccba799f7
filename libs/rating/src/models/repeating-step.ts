import { multiplyRatios, ratioOf, addRatios, compareRatios, type Ratio } from '@ronghe/kernel';

/** Linear up to a maximum in each block of units, then free until the block is full, then again. */
export interface RepeatingStep {
  /** Per unit. */
  price: Ratio;
  blockUnits: bigint;
  blockMaximum: Ratio;
}

/** The exact price of so many units since the counter began: blockMaximum × ⌊u ÷ block⌋ + min(blockMaximum, price × rest). */
export function repeatingStepTotal(units: bigint, step: RepeatingStep): Ratio {
  const blocks = units / step.blockUnits;
  const linear = multiplyRatios(step.price, ratioOf(units % step.blockUnits));
  const rest = compareRatios(linear, step.blockMaximum) > 0 ? step.blockMaximum : linear;
  return addRatios(multiplyRatios(step.blockMaximum, ratioOf(blocks)), rest);
}
