import type { UsagePriceModel } from '@ronghe/contracts';
import type { CompiledModel } from './compiled-model';
import { unitPriceOf } from './unit-price';

/** Linear: so much for every `per` units. */
export function compilePerUnit(model: Extract<UsagePriceModel, { kind: 'per-unit' }>): CompiledModel {
  const { numerator, denominator } = unitPriceOf(model.price);
  return {
    total: ({ units }) => ({ numerator: numerator * units, denominator }),
    pricesAmounts: false,
    explain: (units) => ({
      op: 'multiply',
      inputs: { units, price: model.price.amount, per: model.price.per },
    }),
  };
}
