import type { UsagePriceModel } from '@ronghe/contracts';
import {
  addRatios,
  compareRatios,
  multiplyRatios,
  ratioFromDecimal,
  ratioOf,
  type Ratio,
} from '@ronghe/kernel';
import type { CompiledModel } from './compiled-model';

/** Linear up to a maximum in each block of units, then free until the block is full, then again. */
export interface RepeatingStep {
  /** Per unit. */
  price: Ratio;
  blockUnits: bigint;
  blockMaximum: Ratio;
}

/**
 * The exact price of so many units since the counter began:
 * blockMaximum × ⌊units ÷ block⌋ + min(blockMaximum, price × rest).
 */
export function repeatingStepTotal(units: bigint, step: RepeatingStep): Ratio {
  const blocks = units / step.blockUnits;
  const linear = multiplyRatios(step.price, ratioOf(units % step.blockUnits));
  const rest = compareRatios(linear, step.blockMaximum) > 0 ? step.blockMaximum : linear;
  return addRatios(multiplyRatios(step.blockMaximum, ratioOf(blocks)), rest);
}

/** Compiles the model of the document. */
export function compileRepeatingStep(
  model: Extract<UsagePriceModel, { kind: 'repeating-step' }>,
): CompiledModel {
  const { price, blockUnits, blockMaximum } = model;
  const step: RepeatingStep = {
    price: multiplyRatios(ratioFromDecimal(price.amount), ratioOf(1n, BigInt(price.per))),
    blockUnits: BigInt(blockUnits),
    blockMaximum: ratioFromDecimal(blockMaximum),
  };
  return {
    total: ({ units }) => repeatingStepTotal(units, step),
    explain: (units) => ({
      op: 'repeating-step',
      inputs: { units, price: price.amount, per: price.per, blockUnits, blockMaximum },
    }),
  };
}
