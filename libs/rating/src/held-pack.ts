import type { Instant } from '@ronghe/kernel';
import type { Allowance } from '@ronghe/contracts';
import type { Holding, OfferLookup } from './holding';

/** What a pack says of itself: an allowance of so many days from the start of its product on. */
interface PackOf {
  offeringCode: string;
  allowanceCode: string;
}

/** For how long a product has a pack without a break. */
export interface HeldPack {
  /** Null: for as long as there is the product. */
  heldTo: Instant | null;
  /** It has had the same pack before, and not since. */
  isAgain: boolean;
}

/** Whether an allowance is a pack of so many days. */
export function isPack({ validDays }: Allowance): boolean {
  return validDays !== null && validDays !== undefined;
}

/**
 * The pack that a product gets as terms of it begin; null where the terms before had it too: a pack is granted once, and
 * stays where a version or a bundle changes around it.
 * @param holding one of `holdings`: the product, or a part of it
 * @param holdings with the parts of a product in the order of time (`allHeldTerms`)
 */
export function heldPack(
  holding: Holding,
  pack: PackOf,
  holdings: readonly Holding[],
  offers: OfferLookup,
): HeldPack | null {
  const terms = holdings.filter(({ productId }) => productId === holding.productId);
  const has = terms.map(({ offeringCode, offeringVersion }) => {
    if (offeringCode !== pack.offeringCode) return false;
    const { allowances } = offers(offeringCode, offeringVersion);
    return allowances.some((allowance) => allowance.code === pack.allowanceCode && isPack(allowance));
  });
  const first = terms.indexOf(holding);
  if (has[first - 1]) return null;
  let last = first;
  while (has[last + 1]) last += 1;
  return {
    heldTo: (terms[last] ?? holding).effectiveTo,
    isAgain: has.slice(0, Math.max(first, 0)).includes(true),
  };
}
