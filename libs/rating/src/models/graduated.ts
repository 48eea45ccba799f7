import { minRatio, multiplyRatios, ratioFromDecimal, type Ratio } from '@ronghe/kernel';
import type { CompiledChargeModel } from './charge-model';
import { unitPriceOf } from './unit-price';
import { compileTiers, tierSlices, type TierEnd } from './tiers';

/** Each unit costs what the tier that it falls into says. */
export interface GraduatedModel {
  kind: 'graduated';
  tiers: readonly GraduatedTier[];
}

export interface GraduatedTier extends TierEnd {
  unitPrice: string;
  /** The price is for so many units; absent: one. */
  per?: string;
  /** Once the tier is entered. */
  flatPrice: string;
  /** The most that the tier's units cost; null: no limit. */
  capPrice: string | null;
}

/** Compiles the model. Throws DomainError('tiers_invalid' | 'invalid_ratio'). */
export function compileGraduated(model: GraduatedModel): CompiledChargeModel {
  const tiers = compileTiers(
    model.tiers.map(({ upTo, unitPrice, per = '1', flatPrice, capPrice }) => ({
      upTo,
      price: unitPriceOf({ amount: unitPrice, per }),
      flat: ratioFromDecimal(flatPrice),
      cap: capPrice === null ? null : ratioFromDecimal(capPrice),
    })),
  );
  return {
    parts: ({ quantity }) =>
      tierSlices(quantity, tiers).map(({ tier, units }) => ({
        tier: tier.number,
        units,
        usage: atMost(multiplyRatios(units, tier.price), tier.cap),
        flat: tier.flat,
      })),
  };
}

function atMost(price: Ratio, cap: Ratio | null): Ratio {
  return cap === null ? price : minRatio(price, cap);
}
