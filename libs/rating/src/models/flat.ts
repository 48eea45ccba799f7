import { multiplyRatios, ratioFromDecimal, ratioOf } from '@ronghe/kernel';
import type { UsagePriceModel } from '@ronghe/contracts';
import type { CompiledModel } from './compiled-model';

/** The same for every event, whatever its size. Counters do not remember which events a total held: no explanation by units. */
export function compileFlat(model: Extract<UsagePriceModel, { kind: 'flat' }>): CompiledModel {
  const amount = ratioFromDecimal(model.amount);
  return {
    total: ({ events }) => multiplyRatios(amount, ratioOf(events)),
    explain: () => null,
  };
}
