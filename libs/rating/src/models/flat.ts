import { ratioFromDecimal } from '@ronghe/kernel';
import type { UsagePriceModel } from '@ronghe/contracts';
import type { CompiledModel } from './compiled-model';

/** The same for every event, whatever its size. Counters do not remember which events a total held: no explanation by units. */
export function compileFlat(model: Extract<UsagePriceModel, { kind: 'flat' }>): CompiledModel {
  const { numerator, denominator } = ratioFromDecimal(model.amount);
  return {
    total: ({ events }) => ({ numerator: numerator * events, denominator }),
    pricesAmounts: false,
    explain: () => null,
  };
}
