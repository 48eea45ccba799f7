import { multiplyRatios, ratioFromDecimal, ratioOf } from '@ronghe/kernel';
import type { UsagePriceModel } from '@ronghe/contracts';
import type { CompiledModel } from './compiled-model';

/** Linear: so much for every `per` units. */
export function compilePerUnit(model: Extract<UsagePriceModel, { kind: 'per-unit' }>): CompiledModel {
  const price = multiplyRatios(ratioFromDecimal(model.price.amount), ratioOf(1n, BigInt(model.price.per)));
  return {
    total: ({ units }) => multiplyRatios(price, ratioOf(units)),
    explain: (units) => ({
      op: 'multiply',
      inputs: { units, price: model.price.amount, per: model.price.per },
    }),
  };
}
