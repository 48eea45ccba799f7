import type { UsagePriceModel } from '@ronghe/contracts';
import { ratioFromDecimal, type Ratio } from '@ronghe/kernel';
import type { CompiledModel } from './compiled-model';
import { unitPriceOf } from './unit-price';

/** Linear up to a maximum in each block of units, then free until the block is full, then again. */
export interface RepeatingStep {
  /** Per unit. */
  price: Ratio;
  blockUnits: bigint;
  blockMaximum: Ratio;
}

/**
 * The exact price of so many units since the counter began:
 * blockMaximum × ⌊units ÷ block⌋ + min(blockMaximum, price × rest). Not always in lowest terms.
 */
export function repeatingStepTotal(units: bigint, { price, blockUnits, blockMaximum }: RepeatingStep): Ratio {
  const maximum = blockMaximum.numerator * price.denominator;
  const linear = (units % blockUnits) * price.numerator * blockMaximum.denominator;
  return {
    numerator: maximum * (units / blockUnits) + (linear > maximum ? maximum : linear),
    denominator: price.denominator * blockMaximum.denominator,
  };
}

/** Compiles the model of the document. */
export function compileRepeatingStep(
  model: Extract<UsagePriceModel, { kind: 'repeating-step' }>,
): CompiledModel {
  const { price, blockUnits, blockMaximum } = model;
  const step: RepeatingStep = {
    price: unitPriceOf(price),
    blockUnits: BigInt(blockUnits),
    blockMaximum: ratioFromDecimal(blockMaximum),
  };
  return {
    total: ({ units }) => repeatingStepTotal(units, step),
    pricesAmounts: false,
    explain: (units) => ({
      op: 'repeating-step',
      inputs: { units, price: price.amount, per: price.per, blockUnits, blockMaximum },
    }),
  };
}
