import type { ProductResource, ProductRole } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { BundleChoice, SaleItem } from '../basket/basket';
import type { ProductVersion } from '../product/product';
import type { OrderReason, OrderState } from './order';

/** An order as it stands. */
export interface OrderRecord {
  orderId: string;
  customerId: string;
  accountId: string;
  lane: number;
  kind: 'sale' | 'termination';
  state: OrderState;
  /** Counts its states: the sequence of the last one. */
  version: number;
  reason: OrderReason | null;
  bundle: BundleChoice | null;
  quoteId: string | null;
  placedBy: string;
  channel: string;
  placedAt: Instant;
  /** Until when inventory holds its resources; the order is cancelled well before. */
  holdUntil: Instant;
  changedAt: Instant;
  finishedAt: Instant | null;
}

/** One item of an order. */
export interface OrderItemRecord {
  itemNo: number;
  action: 'add' | 'delete';
  productId: string;
  offeringCode: string;
  offeringVersion: number;
  specification: string | null;
  role: ProductRole;
  card: string;
  bundle: BundleChoice | null;
  cardGroupId: string;
  requestedNumber: string | null;
  onlineClasses: string[];
  /** Numbers that the item takes from the identity document's allowance: 0 for a termination. */
  numberCount: number;
  /** Held or sold for an item that adds; what goes back for one that terminates. */
  resources: ProductResource[];
}

/** One step of an order's history. */
export interface OrderStateRecord {
  sequence: number;
  state: OrderState;
  reason: OrderReason | null;
  /** Business time. */
  at: Instant;
  recordedBy: string;
}

/** The item that sells what was settled. */
export function itemOfSale(item: SaleItem, numberCount: number): OrderItemRecord {
  return {
    itemNo: item.itemNo,
    action: 'add',
    productId: item.productId,
    offeringCode: item.offer.code,
    offeringVersion: item.offer.version,
    specification: item.offer.specification,
    role: item.role,
    card: item.card,
    bundle: item.bundle,
    cardGroupId: item.cardGroupId,
    requestedNumber: item.requestedNumber,
    onlineClasses: item.onlineClasses,
    numberCount,
    resources: [],
  };
}

/** The item that terminates a product. */
export function itemOfTermination(product: ProductVersion, itemNo: number): OrderItemRecord {
  const { state, specification } = product;
  return {
    itemNo,
    action: 'delete',
    productId: state.productId,
    offeringCode: state.offeringCode,
    offeringVersion: state.offeringVersion,
    specification,
    role: state.role,
    card: state.card,
    bundle: bundleOf(state.bundleId, state.bundleOfferingCode, state.bundleOfferingVersion),
    cardGroupId: state.cardGroupId,
    requestedNumber: null,
    onlineClasses: state.onlineClasses,
    numberCount: 0,
    resources: state.resources,
  };
}

/** A bundle from its three columns; null unless all are there. */
export function bundleOf(
  id: string | null,
  code: string | null,
  version: number | null,
): BundleChoice | null {
  return id === null || code === null || version === null
    ? null
    : { bundleId: id, offeringCode: code, offeringVersion: version };
}
