import type { OfferVersions } from '../basket/basket';
import type { DecomposableItem } from '../basket/decompose';
import { offerVersion } from '../basket/on-sale';
import type { OrderHappening } from './order';
import type { OrderItemRecord, OrderRecord } from './order-record';

/** What an order's items need from stock and switch, by the versions of the offers that they were sold in. */
export function demandOf(items: readonly OrderItemRecord[], offers: OfferVersions): DecomposableItem[] {
  return items.map((item) => {
    const offer = offerVersion({ offers }, item.offeringCode, item.offeringVersion);
    return {
      itemNo: item.itemNo,
      productId: item.productId,
      specification: item.specification,
      characteristics: offer.characteristics,
      resourceNeeds: item.action === 'add' ? offer.resourceNeeds : item.replaced.map(({ kind }) => kind),
      requestedNumber: item.requestedNumber,
      resources: item.resources,
      barring: item.barring,
    };
  });
}

/** Where an order begins: with stock if it needs any, else with services, else it only writes products. */
export function beginning(demand: readonly DecomposableItem[]): OrderHappening & { kind: 'begun' } {
  const needsStock = demand.some((item) => item.resourceNeeds.length > 0);
  return { kind: 'begun', first: needsStock ? 'holding' : afterHold(demand) };
}

/** What follows when nothing is needed from stock (any more). */
export function afterHold(demand: readonly DecomposableItem[]): 'placing' | 'completing' {
  return demand.some((item) => item.specification !== null) ? 'placing' : 'completing';
}

/** What follows when the products are written: terminated products give their resources back. */
export function afterProducts(
  order: Pick<OrderRecord, 'kind'>,
  items: readonly OrderItemRecord[],
): 'returning' | 'completed' {
  const givesBack = items.some(
    ({ resources, replaced }) =>
      replaced.length > 0 || (order.kind === 'termination' && resources.length > 0),
  );
  return givesBack ? 'returning' : 'completed';
}
