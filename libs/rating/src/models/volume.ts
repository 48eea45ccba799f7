import { multiplyRatios, ratioFromDecimal } from '@ronghe/kernel';
import type { CompiledChargeModel } from './charge-model';
import { unitPriceOf } from './unit-price';
import { compileTiers, tierOf, type TierEnd } from './tiers';

/** All units cost what the tier says that the whole quantity falls into. */
export interface VolumeModel {
  kind: 'volume';
  tiers: readonly VolumeTier[];
}

export interface VolumeTier extends TierEnd {
  unitPrice: string;
  /** The price is for so many units; absent: one. */
  per?: string;
  flatPrice: string;
}

/** Compiles the model. Throws DomainError('tiers_invalid' | 'invalid_ratio'). */
export function compileVolume(model: VolumeModel): CompiledChargeModel {
  const tiers = compileTiers(
    model.tiers.map(({ upTo, unitPrice, per = '1', flatPrice }) => ({
      upTo,
      price: unitPriceOf({ amount: unitPrice, per }),
      flat: ratioFromDecimal(flatPrice),
    })),
  );
  return {
    parts: ({ quantity, tierQuantity = quantity }) => {
      const tier = tierOf(tierQuantity, tiers);
      if (tier === null) return [];
      const usage = multiplyRatios(quantity, tier.price);
      return [{ tier: tier.number, units: quantity, usage, flat: tier.flat }];
    },
  };
}
