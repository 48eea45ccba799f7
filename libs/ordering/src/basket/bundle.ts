import type { BundleMember, OfferDocument } from '@ronghe/contracts';
import { orderingError } from '../ordering.errors';
import type { BundleChoice, HeldProduct, SaleContext } from './basket';
import { offerOnSale, offerVersion } from './on-sale';
import type { AddRequest } from './order-request';

/** The members that items fill, and the bundle that they join. */
export interface BundlePlacing {
  bundle: BundleChoice;
  /** Per item, in order. */
  members: BundleMember[];
}

/**
 * Places the items of an order in the bundle that they are sold under. A basket that fills every place that
 * must be filled begins a new bundle; one that does not adds to the only bundle of this offering that the
 * account has.
 * @throws DomainError offering_unknown, offer_not_on_sale, offering_is_not_bundle, offering_not_in_bundle,
 * bundle_member_missing, bundle_member_limit
 */
export function placeInBundle(
  code: string,
  items: readonly AddRequest[],
  context: SaleContext,
  newBundleId: () => string,
): BundlePlacing {
  const offer = offerOnSale(code, context);
  const missing = missingMember(membersFor(items, offer), bundleMembers(offer));
  const existing = heldBundles(code, context.held);
  if (!missing || existing.length !== 1 || !existing[0]) {
    if (missing) throw orderingError('bundle_member_missing', { bundle: code, ...missing });
    const members = membersFor(items, offer);
    refuseTooMany(members, [], code);
    return { bundle: { bundleId: newBundleId(), offeringCode: code, offeringVersion: offer.version }, members };
  }
  // What was sold under a version stays under it: its rules decide what may still be added.
  const joined = existing[0];
  const joinedOffer = offerVersion(context, code, joined.offeringVersion);
  const members = membersFor(items, joinedOffer);
  const inBundle = context.held.filter((product) => product.bundleId === joined.bundleId);
  refuseTooMany(members, inBundle, code);
  return { bundle: joined, members };
}

function bundleMembers(offer: OfferDocument): BundleMember[] {
  if (!offer.bundle) throw orderingError('offering_is_not_bundle', { offering: offer.code });
  return offer.bundle.members;
}

function membersFor(items: readonly AddRequest[], offer: OfferDocument): BundleMember[] {
  return items.map((item, index) => {
    const member = bundleMembers(offer).find(
      (candidate) =>
        candidate.offering === item.offeringCode && (item.role === undefined || candidate.role === item.role),
    );
    if (!member) {
      throw orderingError('offering_not_in_bundle', {
        item: index + 1,
        bundle: offer.code,
        offering: item.offeringCode,
        role: item.role ?? null,
      });
    }
    return member;
  });
}

function missingMember(
  filled: readonly BundleMember[],
  members: readonly BundleMember[],
): { role: string; offering: string; minimum: number; ordered: number } | null {
  for (const member of members) {
    const ordered = filled.filter((candidate) => candidate === member).length;
    if (ordered < member.minimum) {
      return { role: member.role, offering: member.offering, minimum: member.minimum, ordered };
    }
  }
  return null;
}

function refuseTooMany(filled: readonly BundleMember[], held: readonly HeldProduct[], code: string): void {
  for (const member of new Set(filled)) {
    const already = held.filter(
      (product) => product.role === member.role && product.offeringCode === member.offering,
    ).length;
    const wished = already + filled.filter((candidate) => candidate === member).length;
    if (wished > member.maximum) {
      const { role, offering, maximum } = member;
      throw orderingError('bundle_member_limit', { bundle: code, role, offering, maximum, wished });
    }
  }
}

/** The bundles of an offering of which the account holds any product. */
function heldBundles(code: string, held: readonly HeldProduct[]): BundleChoice[] {
  const found = new Map<string, BundleChoice>();
  for (const { bundleId, bundleOfferingCode, bundleOfferingVersion, isFirm } of held) {
    if (!isFirm || bundleId === null || bundleOfferingCode !== code || bundleOfferingVersion === null) continue;
    found.set(bundleId, { bundleId, offeringCode: code, offeringVersion: bundleOfferingVersion });
  }
  return [...found.values()];
}
