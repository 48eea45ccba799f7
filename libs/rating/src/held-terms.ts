import type { Instant, Period } from '@ronghe/kernel';
import { endOfTime, type Holding, type HoldingPart } from './holding';
import type { PartPeriodRules } from './period-share';

/**
 * A product as the holdings that it was one after the other: one for each of its terms, with the same product id, from
 * when to when these held. A product whose terms never changed is itself. Terms that came to no time are left out.
 */
export function heldTerms(product: Holding): Holding[] {
  if (!product.earlierTerms?.length || product.part) return [product];
  const { earlierTerms = [], ...present } = product;
  const { effectiveFrom, effectiveTo } = product;
  const end = effectiveTo ?? endOfTime;
  const last = earlierTerms.at(-1)?.to ?? effectiveFrom;
  const part: HoldingPart = {
    heldFrom: effectiveFrom,
    heldTo: effectiveTo,
    orderedInBundle: (earlierTerms[0]?.bundleId ?? null) !== null,
  };
  const earlier = earlierTerms
    .filter(({ from, to }) => from < to && from < end)
    .map(({ from, to, ...terms }) => held({ ...present, ...terms }, part, from, to < end ? to : effectiveTo));
  return last < end ? [...earlier, held(present, part, last, effectiveTo)] : earlier;
}

/** Every product's terms. */
export function allHeldTerms(products: readonly Holding[]): readonly Holding[] {
  return products.some(({ earlierTerms }) => earlierTerms?.length) ? products.flatMap(heldTerms) : products;
}

/** The terms on which a product is held at an instant; those nearest to it where it is not held then. */
export function termsAt(product: Holding, at: Instant): Holding {
  const terms = heldTerms(product);
  return terms.findLast(({ effectiveFrom }) => effectiveFrom <= at) ?? terms[0] ?? product;
}

/**
 * The rules of a part period where it begins or ends because terms changed: by days, so that what comes before and what
 * comes after are the period together (SEMANTICS §2).
 * @param active when it counts, inside of the holding
 */
export function rulesOfPart<R extends PartPeriodRules>(rules: R, holding: Holding, active: Period): R {
  const { part, effectiveFrom, effectiveTo } = holding;
  if (!part) return rules;
  const beginsByChange = active.from === effectiveFrom && part.heldFrom < effectiveFrom;
  const endsByChange = active.to === effectiveTo && part.heldTo !== effectiveTo;
  if (!beginsByChange && !endsByChange) return rules;
  return {
    ...rules,
    ...(beginsByChange && { firstPeriod: 'prorate' as const }),
    ...(endsByChange && { lastPeriod: 'prorate' as const }),
  };
}

function held(
  terms: Holding,
  part: HoldingPart,
  effectiveFrom: Instant,
  effectiveTo: Instant | null,
): Holding {
  return { ...terms, part, effectiveFrom, effectiveTo };
}
