import type { BundleMember, OfferDocument } from '@ronghe/contracts';
import { orderingError } from '../ordering.errors';
import type { BundleChoice, HeldProduct, SaleContext } from './basket';
import { offerOnSale, offerVersion } from './on-sale';
import type { AddRequest } from './order-request';

/** What an item is in a bundle. */
type BundledItem = Pick<AddRequest, 'offeringCode' | 'role'>;

/** The members that items fill, and the bundle that they join. */
export interface BundlePlacing {
  bundle: BundleChoice;
  /** Per item, in order. */
  members: BundleMember[];
}

/**
 * Places the items of an order in the bundle that they are sold under. A basket that fills every place that
 * must be filled begins a new bundle; one that does not adds to the only bundle of this offering that the
 * account has, by the rules of the version that it was sold in.
 * @throws DomainError offering_unknown, offer_not_on_sale, offering_is_not_bundle, offering_not_in_bundle,
 * bundle_member_missing, bundle_member_limit
 */
export function placeInBundle(
  code: string,
  items: readonly AddRequest[],
  context: SaleContext,
  newBundleId: () => string,
): BundlePlacing {
  const [existing, second] = heldBundles(code, context.held);
  if (existing && !second) {
    const rules = bundleMembers(offerVersion(context, code, existing.offeringVersion));
    if (missingMember(items, rules)) return join(existing, items, rules, context.held);
  }
  return joinAsNewBundle(code, items, context, newBundleId);
}

/**
 * A new bundle of products that the account has: together they must fill every place that must be filled.
 * @throws DomainError offering_unknown, offer_not_on_sale, offering_is_not_bundle, offering_not_in_bundle,
 * bundle_member_missing, bundle_member_limit
 */
export function joinAsNewBundle(
  code: string,
  items: readonly BundledItem[],
  context: Pick<SaleContext, 'offers' | 'today' | 'quoted'>,
  newBundleId: () => string,
): BundlePlacing {
  const offer = offerOnSale(code, context);
  const rules = bundleMembers(offer);
  const members = membersFor(items, rules, code);
  const missing = missingMember(items, rules);
  if (missing) throw orderingError('bundle_member_missing', { bundle: code, ...missing });
  refuseTooMany(members, [], code);
  return { bundle: { bundleId: newBundleId(), offeringCode: code, offeringVersion: offer.version }, members };
}

/** The members of a bundle in the version in which it was sold. */
export function membersOfVersion(
  bundle: BundleChoice,
  context: Pick<SaleContext, 'offers'>,
): readonly BundleMember[] {
  return bundleMembers(offerVersion(context, bundle.offeringCode, bundle.offeringVersion));
}

function join(
  bundle: BundleChoice,
  items: readonly BundledItem[],
  rules: readonly BundleMember[],
  held: readonly HeldProduct[],
): BundlePlacing {
  const members = membersFor(items, rules, bundle.offeringCode);
  const inBundle = held.filter((product) => product.bundleId === bundle.bundleId);
  refuseTooMany(members, inBundle, bundle.offeringCode);
  return { bundle, members };
}

function bundleMembers(offer: OfferDocument): readonly BundleMember[] {
  if (!offer.bundle) throw orderingError('offering_is_not_bundle', { offering: offer.code });
  return offer.bundle.members;
}

function memberFor(item: BundledItem, rules: readonly BundleMember[]): BundleMember | undefined {
  return rules.find(
    (member) =>
      member.offering === item.offeringCode && (item.role === undefined || member.role === item.role),
  );
}

function membersFor(
  items: readonly BundledItem[],
  rules: readonly BundleMember[],
  bundle: string,
): BundleMember[] {
  return items.map((item, index) => {
    const member = memberFor(item, rules);
    if (!member) {
      const { offeringCode: offering, role } = item;
      throw orderingError('offering_not_in_bundle', {
        item: index + 1,
        bundle,
        offering,
        role: role ?? null,
      });
    }
    return member;
  });
}

function missingMember(
  items: readonly BundledItem[],
  rules: readonly BundleMember[],
): { role: string; offering: string; minimum: number; ordered: number } | null {
  for (const member of rules) {
    const ordered = items.filter((item) => memberFor(item, rules) === member).length;
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
    if (!isFirm || bundleId === null || bundleOfferingCode !== code || bundleOfferingVersion === null)
      continue;
    found.set(bundleId, { bundleId, offeringCode: code, offeringVersion: bundleOfferingVersion });
  }
  return [...found.values()];
}
