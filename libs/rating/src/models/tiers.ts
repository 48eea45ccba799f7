import {
  compareRatios,
  DomainError,
  minRatio,
  ratioFromDecimal,
  subtractRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';

/** Where a tier ends: the quantity `upTo` still belongs to it; null: it never ends. */
export interface TierEnd {
  upTo: string | null;
}

/** A tier with its bounds made ready: above `from`, up to and including `upTo`. */
export type CompiledTier<T> = T & { number: number; from: Ratio; to: Ratio | null };

/** The part of a quantity that lies in one tier. */
export interface TierSlice<T> {
  tier: CompiledTier<T>;
  units: Ratio;
}

/**
 * Puts tiers one after the other.
 * Throws DomainError('tiers_invalid') unless they rise and only the last is open; 'invalid_ratio' for other text.
 */
export function compileTiers<T extends object>(tiers: readonly (T & TierEnd)[]): CompiledTier<T>[] {
  let from = zeroRatio;
  return tiers.map((tier, index) => {
    const to = tier.upTo === null ? null : ratioFromDecimal(tier.upTo);
    const isLast = index === tiers.length - 1;
    if ((to === null && !isLast) || (to !== null && compareRatios(to, from) <= 0)) {
      throw new DomainError('tiers_invalid', 'invalid', 'tiers must rise, and only the last may be open', {
        tier: index + 1,
      });
    }
    const compiled = { ...tier, number: index + 1, from, to };
    if (to !== null) from = to;
    return compiled;
  });
}

/**
 * The tiers that a quantity has entered, with what of it lies in each. The first is always entered, a later one
 * strictly above the end of the one before. Beyond a last tier that ends, nothing is in any.
 */
export function tierSlices<T>(quantity: Ratio, tiers: readonly CompiledTier<T>[]): TierSlice<T>[] {
  return tiers
    .filter((tier) => tier.number === 1 || compareRatios(quantity, tier.from) > 0)
    .map((tier) => ({
      tier,
      units: subtractRatios(tier.to === null ? quantity : minRatio(quantity, tier.to), tier.from),
    }));
}

/** The one tier that a quantity lies in; null beyond a last tier that ends. */
export function tierOf<T>(quantity: Ratio, tiers: readonly CompiledTier<T>[]): CompiledTier<T> | null {
  return tiers.find(({ to }) => to === null || compareRatios(quantity, to) <= 0) ?? null;
}
