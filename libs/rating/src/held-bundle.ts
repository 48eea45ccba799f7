import type { BundleRules, OfferDocument } from '@ronghe/contracts';
import type { BillCycle, Period } from '@ronghe/kernel';
import { bundleSpan, rulesOf } from './bundle-span';
import { endOfTime, type Holding, type OfferLookup } from './holding';

/** The bundle that a product was sold under. */
export interface HeldBundle {
  offer: OfferDocument;
  rules: BundleRules;
  /** When it holds; null: it never came to hold. */
  span: Period | null;
}

/** The bundle of a product with the span in which it holds; null for a product that was ordered on its own. */
export function bundleOf(
  holding: Holding,
  holdings: readonly Holding[],
  offers: OfferLookup,
  cycle: BillCycle,
): HeldBundle | null {
  const { bundleId, bundleOfferingCode, bundleOfferingVersion } = holding;
  if (bundleId === null || bundleOfferingCode === null || bundleOfferingVersion === null) return null;
  const offer = offers(bundleOfferingCode, bundleOfferingVersion);
  const members = holdings.filter((other) => other.bundleId === bundleId);
  return { offer, rules: rulesOf(offer), span: bundleSpan(members, offer, cycle) };
}

/** The span in which a rule of the bundle applies: to its end, or for ever once begun where the rule stays. */
export function spanOfRule(bundle: HeldBundle, rule: { afterEnd: 'ends' | 'stays' }): Period | null {
  if (bundle.span === null) return null;
  return rule.afterEnd === 'stays' ? { from: bundle.span.from, to: endOfTime } : bundle.span;
}
