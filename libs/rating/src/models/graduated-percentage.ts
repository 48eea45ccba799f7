import { multiplyRatios, ratioFromDecimal, ratioFromPercent } from '@ronghe/kernel';
import type { CompiledChargeModel } from './charge-model';
import { compileTiers, tierSlices, type TierEnd } from './tiers';

/** A share of an amount, by the tier that each part of the amount falls into. */
export interface GraduatedPercentageModel {
  kind: 'graduated-percentage';
  tiers: readonly GraduatedPercentageTier[];
}

export interface GraduatedPercentageTier extends TierEnd {
  ratePercent: string;
  flatPrice: string;
}

/** Compiles the model; the quantity is the amount. Throws DomainError('tiers_invalid' | 'invalid_ratio'). */
export function compileGraduatedPercentage(model: GraduatedPercentageModel): CompiledChargeModel {
  const tiers = compileTiers(
    model.tiers.map(({ upTo, ratePercent, flatPrice }) => ({
      upTo,
      rate: ratioFromPercent(ratePercent),
      flat: ratioFromDecimal(flatPrice),
    })),
  );
  return {
    parts: ({ quantity }) =>
      tierSlices(quantity, tiers).map(({ tier, units }) => ({
        tier: tier.number,
        units,
        usage: multiplyRatios(units, tier.rate),
        flat: tier.flat,
      })),
  };
}
