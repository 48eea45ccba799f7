import { multiplyRatios, ratioFromDecimal, zeroRatio } from '@ronghe/kernel';
import type { CompiledChargeModel } from './charge-model';

/** What somebody else has rated, times a factor (a roaming partner's charge plus a margin). */
export interface DynamicModel {
  kind: 'dynamic';
  multiplier: string;
}

/** Compiles the model. Throws DomainError('invalid_ratio'). */
export function compileDynamic(model: DynamicModel): CompiledChargeModel {
  const multiplier = ratioFromDecimal(model.multiplier);
  return {
    parts: ({ quantity, preratedAmount = zeroRatio }) => [
      { tier: 1, units: quantity, usage: multiplyRatios(preratedAmount, multiplier), flat: zeroRatio },
    ],
  };
}
