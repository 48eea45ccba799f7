import { orderingError } from '../ordering.errors';
import type { BundleChoice, PlacedItem, SaleContext, SaleItem } from './basket';
import { placeInBundle } from './bundle';
import { cardGroups } from './card-group';
import { nameCards } from './card-name';
import { offerOnSale } from './on-sale';
import type { AddRequest } from './order-request';
import {
  refuseMissingRequirements,
  refuseNumberWithoutNeed,
  refuseTooManyNumbers,
  refuseTooManyOfAnOffer,
} from './sale-rules';

/**
 * Settles what an order sells, or says why it may not be sold. The order of the checks is the order in which
 * a clerk would ask: is it on sale, does it fit the bundle, what does it belong to, is there room for it.
 * `newId` makes the ids of products and of a new bundle.
 * @throws DomainError of every rule in basket/
 */
export function settleSale(
  items: readonly AddRequest[],
  bundleCode: string | null,
  context: SaleContext,
  newId: () => string,
): SaleItem[] {
  const placed = place(items, bundleCode, context, newId);
  refuseNumberWithoutNeed(placed);
  const groups = cardGroups(placed, context.held);
  refuseMissingRequirements(placed, context.held);
  const cards = nameCards(placed, context.held);
  const settled = placed.map((item, index) => settle(item, cards[index] ?? '', groups[index] ?? ''));
  refuseTooManyOfAnOffer(settled, context.held);
  refuseTooManyNumbers(settled, context);
  return settled;
}

function place(
  items: readonly AddRequest[],
  bundleCode: string | null,
  context: SaleContext,
  newId: () => string,
): PlacedItem[] {
  const placing = bundleCode === null ? null : placeInBundle(bundleCode, items, context, newId);
  return items.map((item, index) => {
    const offer = offerOnSale(item.offeringCode, context);
    if (offer.kind === 'bundle') throw orderingError('offering_is_bundle', { offering: offer.code });
    const member = placing?.members[index];
    if (!member && !offer.sale.alone) {
      throw orderingError('offer_not_sold_alone', { item: index + 1, offering: offer.code });
    }
    // A product outside a bundle stands alone, except a sub card, which stays one.
    const role = member?.role ?? (offer.usagePricedBy === 'main' ? 'sub' : 'alone');
    return placedItem(item, index + 1, { offer, role, bundle: placing?.bundle ?? null, productId: newId() });
  });
}

function placedItem(
  item: AddRequest,
  itemNo: number,
  settled: Pick<PlacedItem, 'offer' | 'role' | 'productId'> & { bundle: BundleChoice | null },
): PlacedItem {
  return {
    ...settled,
    itemNo,
    card: item.card ?? null,
    mainProductId: item.mainProductId ?? null,
    requestedNumber: item.requestedNumber ?? null,
    onlineClasses: item.onlineClasses ?? [],
  };
}

function settle(item: PlacedItem, card: string, cardGroupId: string): SaleItem {
  const { itemNo, productId, offer, role, bundle, requestedNumber, onlineClasses } = item;
  return {
    itemNo,
    action: 'add',
    productId,
    offer,
    role,
    card,
    bundle,
    cardGroupId,
    requestedNumber,
    onlineClasses,
  };
}
