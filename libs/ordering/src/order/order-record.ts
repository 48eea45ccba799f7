import type { BlockKind, BlockReason, ProductResource, ProductRole, ProductTerms } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { BundleChoice, SaleItem } from '../basket/basket';
import type { SettledChange } from '../basket/settle-change';
import type { SettledMove } from '../basket/settle-move';
import type { SettledBlock } from '../basket/settle-block';
import type { ResumeRequest, SuspendRequest } from '../basket/order-request';
import { barringOf, openBlocks } from '../product/block';
import type { ProductVersion } from '../product/product';
import type { OrderReason, OrderState } from './order';

/** What an order does to products; it does one of them to all that it names. */
export type OrderKind = 'sale' | 'termination' | 'change' | 'move' | 'suspension' | 'resumption';

/** An order as it stands. */
export interface OrderRecord {
  orderId: string;
  customerId: string;
  accountId: string;
  lane: number;
  kind: OrderKind;
  state: OrderState;
  /** Counts its states: the sequence of the last one. */
  version: number;
  reason: OrderReason | null;
  bundle: BundleChoice | null;
  quoteId: string | null;
  placedBy: string;
  /** How the request came: `graphql`, `rest`. */
  channel: string;
  /** Who sold it, as the counter says. */
  salesChannel: string | null;
  placedAt: Instant;
  /** From when on what it does counts; null: from when it is done. One that lies ahead when it is placed is waited for. */
  effectiveAt: Instant | null;
  /** Why it counts from a day that had passed; null where it does not. */
  backdateReason: string | null;
  /** Until when inventory holds its resources; the order is cancelled well before. */
  holdUntil: Instant;
  changedAt: Instant;
  finishedAt: Instant | null;
}

/** One item of an order. */
export interface OrderItemRecord {
  itemNo: number;
  action: 'add' | 'delete' | 'change' | 'move' | 'suspend' | 'resume';
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
  /** Numbers that the item takes from the identity document's allowance: 0 unless it adds. */
  numberCount: number;
  /** Held or sold for an item that adds; what goes back for one that terminates; else what the product has. */
  resources: ProductResource[];
  /** The block that the item places or lifts; null where it does neither. */
  blockReason: BlockReason | null;
  /** What a placed block stops. */
  blockKind: BlockKind | null;
  /** Where the product is moved to; null where it is not. */
  address: string | null;
  /** What a move gives back to stock, for others of the same kinds. */
  replaced: ProductResource[];
  /** What is stopped for the product when the order is done, all its blocks together. */
  barring: BlockKind | null;
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
    ...noMove,
    ...noBlock,
  };
}

const noMove = { address: null, replaced: [] };
const noBlock = { blockReason: null, blockKind: null, barring: null };

/** The item that terminates a product. */
export function itemOfTermination(product: ProductVersion, itemNo: number): OrderItemRecord {
  return { ...itemOfProduct(product, itemNo), action: 'delete' };
}

/** The item that moves a product to other terms: those that it will have. */
export function itemOfChange(
  { product, offer, role, bundle }: SettledChange,
  itemNo: number,
): OrderItemRecord {
  const { code: offeringCode, version: offeringVersion } = offer;
  return { ...itemOfProduct(product, itemNo), action: 'change', offeringCode, offeringVersion, role, bundle };
}

/** The item that moves a product to another address. */
export function itemOfMove({ product, address, replaced }: SettledMove, itemNo: number): OrderItemRecord {
  return { ...itemOfProduct(product, itemNo), action: 'move', address, replaced };
}

/** What a product has after a move: what it keeps, and what was held for it in place of the rest. */
export function resourcesAfterMove(
  item: Pick<OrderItemRecord, 'resources' | 'replaced'>,
  held: readonly ProductResource[],
): ProductResource[] {
  const gone = new Set(item.replaced.map(({ resourceId }) => resourceId));
  const kept = item.resources.filter(({ resourceId }) => !gone.has(resourceId));
  const known = new Set(kept.map(({ resourceId }) => resourceId));
  return [...kept, ...held.filter(({ resourceId }) => !known.has(resourceId))];
}

/** The item that blocks a product. */
export function itemOfSuspension(
  { product, request }: SettledBlock<SuspendRequest>,
  itemNo: number,
): OrderItemRecord {
  const { blockReason, blockKind } = request;
  const others = openBlocks(product.state).filter(({ reason }) => reason !== blockReason);
  const barring = barringOf([...others, { kind: blockKind }]);
  return { ...itemOfProduct(product, itemNo), action: 'suspend', blockReason, blockKind, barring };
}

/** The item that lifts a block of a product: what its other blocks stop stays stopped. */
export function itemOfResumption(
  { product, request: { blockReason } }: SettledBlock<ResumeRequest>,
  itemNo: number,
): OrderItemRecord {
  const barring = barringOf(openBlocks(product.state).filter(({ reason }) => reason !== blockReason));
  return { ...itemOfProduct(product, itemNo), action: 'resume', blockReason, barring };
}

/** The terms under which an item's product goes on. */
export function termsOf({
  offeringCode,
  offeringVersion,
  role,
  bundle,
}: OrderItemRecord): Omit<ProductTerms, 'from' | 'to'> {
  return {
    offeringCode,
    offeringVersion,
    role,
    bundleId: bundle?.bundleId ?? null,
    bundleOfferingCode: bundle?.offeringCode ?? null,
    bundleOfferingVersion: bundle?.offeringVersion ?? null,
  };
}

/** The block that an item places. */
export function placedBlock({ blockReason, blockKind }: OrderItemRecord): {
  reason: BlockReason;
  kind: BlockKind;
} {
  if (blockReason === null || blockKind === null) throw new Error('the item places no block');
  return { reason: blockReason, kind: blockKind };
}

/** Why the block that an item lifts was there. */
export function liftedReason({ blockReason }: OrderItemRecord): BlockReason {
  if (blockReason === null) throw new Error('the item lifts no block');
  return blockReason;
}

function itemOfProduct(product: ProductVersion, itemNo: number): Omit<OrderItemRecord, 'action'> {
  const { state, specification } = product;
  return {
    itemNo,
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
    ...noMove,
    ...noBlock,
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
