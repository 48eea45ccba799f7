import type { OfferDocument, ProductRole } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { orderingError } from '../ordering.errors';
import { isLive, type ProductVersion } from '../product/product';
import type { BundleChoice, HeldProduct, SaleContext } from './basket';
import { joinAsNewBundle, membersOfVersion } from './bundle';
import { changeInstant, type DayWish } from './effective-day';
import { offerOnSale } from './on-sale';
import type { ChangeRequest } from './order-request';

/** All that decides whether products may be moved to other offers; plain data, read under the account's lock. */
export interface ChangeContext extends Pick<SaleContext, 'today' | 'offers' | 'quoted'> {
  /** The latest version of each product that is named. */
  products: readonly ProductVersion[];
  /** What the account owns and what its open orders add. */
  held: readonly HeldProduct[];
  /** Products that another open order ends, changes, blocks or frees. */
  changing: ReadonlySet<string>;
  wish: DayWish;
}

/** A product and the terms that it goes on under. */
export interface SettledChange {
  product: ProductVersion;
  offer: OfferDocument;
  role: ProductRole;
  bundle: BundleChoice | null;
}

/** What an order changes, and from when on. */
export interface SettledChanges {
  changes: SettledChange[];
  effectiveAt: Instant;
}

/**
 * Settles which products go on under which offers, in the order of the items. The specification stays: a product keeps what
 * it uses of stock, its card and its card group. A product stays in its bundle where the bundle has the offer in its role,
 * else it leaves it; with a bundle named, the items together fill a new one of it.
 * @throws DomainError product_not_found, product_not_active, product_in_order, offering_unknown, offer_not_on_sale,
 * offering_is_bundle, offer_other_specification, offer_same, offer_not_sold_alone, offer_limit_reached, those of bundles and of changeInstant
 */
export function settleChange(
  items: readonly ChangeRequest[],
  bundleCode: string | null,
  context: ChangeContext,
  newId: () => string,
): SettledChanges {
  const joined = bundleCode === null ? null : joinAsNewBundle(bundleCode, items, context, newId);
  const changes = items.map((item, index) => {
    const product = changeable(item.productId, context);
    const offer = offerFor(item, product, { ...context, isJoin: joined !== null });
    const member = joined?.members[index];
    const place = member
      ? { role: member.role, bundle: joined?.bundle ?? null }
      : placeWithout(product, offer, context);
    refuseNothing(product, offer, place.bundle);
    return { product, offer, ...place };
  });
  refuseTooMany(changes, context.held);
  const isAtOnce = changes.every(({ offer }) => offer.changeTakesEffect === 'at-once');
  return { changes, effectiveAt: changeInstant(context.wish, isAtOnce ? 'at-once' : 'next-period') };
}

function changeable(productId: string, { products, changing }: ChangeContext): ProductVersion {
  const product = products.find(({ state }) => state.productId === productId);
  if (!product) throw orderingError('product_not_found', { productId });
  if (!isLive(product.state)) throw orderingError('product_not_active', { productId });
  if (changing.has(productId)) throw orderingError('product_in_order', { productId });
  return product;
}

function offerFor(
  item: ChangeRequest,
  product: ProductVersion,
  context: ChangeContext & { isJoin: boolean },
): OfferDocument {
  const { offeringCode, offeringVersion } = product.state;
  // Who keeps the offer and only joins a bundle keeps its version, also when it is not sold any more.
  const kept = context
    .offers(offeringCode)
    .find((each) => item.offeringCode === offeringCode && each.version === offeringVersion);
  const sold = context.isJoin && kept ? kept : offerOnSale(item.offeringCode, context);
  if (sold.kind === 'bundle') throw orderingError('offering_is_bundle', { offering: sold.code });
  if (sold.specification !== product.specification) {
    throw orderingError('offer_other_specification', {
      productId: item.productId,
      offering: sold.code,
      ...{ has: product.specification, wished: sold.specification },
    });
  }
  return sold;
}

function placeWithout(
  { state }: ProductVersion,
  offer: OfferDocument,
  context: ChangeContext,
): { role: ProductRole; bundle: BundleChoice | null } {
  const { bundleId, bundleOfferingCode, bundleOfferingVersion, role } = state;
  if (bundleId !== null && bundleOfferingCode !== null && bundleOfferingVersion !== null) {
    const bundle = { bundleId, offeringCode: bundleOfferingCode, offeringVersion: bundleOfferingVersion };
    const members = membersOfVersion(bundle, context);
    if (members.some((member) => member.role === role && member.offering === offer.code))
      return { role, bundle };
  }
  if (!offer.sale.alone) throw orderingError('offer_not_sold_alone', { offering: offer.code });
  return { role: offer.usagePricedBy === 'main' ? 'sub' : 'alone', bundle: null };
}

function refuseNothing({ state }: ProductVersion, offer: OfferDocument, bundle: BundleChoice | null): void {
  const { offeringCode, offeringVersion, bundleId, productId } = state;
  const isSame = offer.code === offeringCode && offer.version === offeringVersion;
  if (isSame && (bundle?.bundleId ?? null) === bundleId) {
    throw orderingError('offer_same', { productId, offering: offeringCode });
  }
}

function refuseTooMany(changes: readonly SettledChange[], held: readonly HeldProduct[]): void {
  const changed = new Set(changes.map(({ product }) => product.state.productId));
  for (const { offer, product } of changes) {
    const limit = offer.sale.atMost;
    if (!limit) continue;
    const { cardGroupId } = product.state;
    const isCounted = (code: string, group: string) =>
      code === offer.code && (limit.per === 'account' || group === cardGroupId);
    const wished =
      held.filter((each) => !changed.has(each.productId) && isCounted(each.offeringCode, each.cardGroupId))
        .length + changes.filter((each) => isCounted(each.offer.code, each.product.state.cardGroupId)).length;
    if (wished <= limit.count) continue;
    const details = { offering: offer.code, maximum: limit.count, per: limit.per, wished };
    throw orderingError('offer_limit_reached', details);
  }
}
