import type { BlockKind, BlockReason, OrderItemInput } from '@ronghe/contracts';
import { orderingError } from '../ordering.errors';
import { blockKinds, blockReasons } from '../product/block';

/** At most so many items in one order; a family needs nine. */
export const ORDER_ITEMS_MAXIMUM = 50;

/** A card name as people write it: letters of any script, digits, spaces, - and _. */
const CARD_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,30}[\p{L}\p{N}])?$/u;

/** Usage classes that a product may have charged online. */
export const usageClasses: readonly string[] = ['voice', 'sms', 'data'];

export interface AddRequest extends OrderItemInput {
  action: 'add';
  offeringCode: string;
}

export interface DeleteRequest extends OrderItemInput {
  action: 'delete';
  productId: string;
}

export interface ChangeRequest extends OrderItemInput {
  action: 'change';
  productId: string;
  offeringCode: string;
}

export interface MoveRequest extends OrderItemInput {
  action: 'move';
  productId: string;
  address: string;
}

export interface SuspendRequest extends OrderItemInput {
  action: 'suspend';
  productId: string;
  blockReason: BlockReason;
  blockKind: BlockKind;
}

export interface ResumeRequest extends OrderItemInput {
  action: 'resume';
  productId: string;
  blockReason: BlockReason;
}

/** What is asked for, with the shape of every item checked. */
export type OrderRequest =
  | { kind: 'sale'; items: AddRequest[] }
  | { kind: 'termination'; items: DeleteRequest[] }
  | { kind: 'change'; items: ChangeRequest[] }
  | { kind: 'move'; items: MoveRequest[] }
  | { kind: 'suspension'; items: SuspendRequest[] }
  | { kind: 'resumption'; items: ResumeRequest[] };

/**
 * Checks what can be checked without knowing anything: size, one kind of action, the fields that it needs.
 * @throws DomainError order_empty, order_too_large, order_actions_mixed, offering_missing, product_missing,
 * change_incomplete, move_incomplete, block_missing, product_twice, card_name_invalid, requested_number_invalid, online_class_invalid
 */
export function readOrderRequest(items: readonly OrderItemInput[]): OrderRequest {
  if (items.length === 0) throw orderingError('order_empty');
  if (items.length > ORDER_ITEMS_MAXIMUM) {
    throw orderingError('order_too_large', { items: items.length, maximum: ORDER_ITEMS_MAXIMUM });
  }
  const action = items[0]?.action;
  if (items.some((item) => item.action !== action)) throw orderingError('order_actions_mixed');
  switch (action) {
    case 'delete':
      return { kind: 'termination', items: readDeletes(items) };
    case 'change':
      return { kind: 'change', items: eachProductOnce(items.map(readChange)) };
    case 'move':
      return { kind: 'move', items: eachProductOnce(items.map(readMove)) };
    case 'suspend':
      return { kind: 'suspension', items: eachProductOnce(items.map(readSuspend)) };
    case 'resume':
      return { kind: 'resumption', items: eachProductOnce(items.map(readResume)) };
    case 'add':
    case undefined:
      return { kind: 'sale', items: readAdds(items) };
  }
}

function readAdds(items: readonly OrderItemInput[]): AddRequest[] {
  const numbers = new Set<string>();
  return items.map((item, index) => {
    if (!item.offeringCode || item.productId) throw orderingError('offering_missing', { item: index + 1 });
    if (item.card !== undefined && !CARD_NAME.test(item.card)) {
      throw orderingError('card_name_invalid', { item: index + 1, card: item.card.slice(0, 40) });
    }
    const unknown = item.onlineClasses?.find((each) => !usageClasses.includes(each));
    if (unknown !== undefined) {
      throw orderingError('online_class_invalid', { item: index + 1, usageClass: unknown.slice(0, 40) });
    }
    if (item.requestedNumber !== undefined) {
      if (numbers.has(item.requestedNumber)) {
        throw orderingError('requested_number_invalid', { item: index + 1, number: item.requestedNumber });
      }
      numbers.add(item.requestedNumber);
    }
    return { ...item, action: 'add', offeringCode: item.offeringCode };
  });
}

function readDeletes(items: readonly OrderItemInput[]): DeleteRequest[] {
  return eachProductOnce(
    items.map((item, index) => {
      if (!item.productId || item.offeringCode) throw orderingError('product_missing', { item: index + 1 });
      return { ...item, action: 'delete', productId: item.productId };
    }),
  );
}

function readChange(item: OrderItemInput, index: number): ChangeRequest {
  const { productId, offeringCode } = item;
  if (!productId || !offeringCode) throw orderingError('change_incomplete', { item: index + 1 });
  return { ...item, action: 'change', productId, offeringCode };
}

function readMove(item: OrderItemInput, index: number): MoveRequest {
  const { productId, offeringCode, address } = item;
  if (!productId || offeringCode || !address?.trim()) {
    throw orderingError('move_incomplete', { item: index + 1 });
  }
  return { ...item, action: 'move', productId, address: address.trim() };
}

function readSuspend(item: OrderItemInput, index: number): SuspendRequest {
  const { blockKind } = item;
  const named = readResume(item, index);
  if (blockKind === undefined || !blockKinds.includes(blockKind)) {
    throw orderingError('block_missing', { item: index + 1, blockKinds });
  }
  return { ...named, action: 'suspend', blockKind };
}

function readResume(item: OrderItemInput, index: number): ResumeRequest {
  const { productId, blockReason } = item;
  if (!productId || item.offeringCode) throw orderingError('product_missing', { item: index + 1 });
  if (blockReason === undefined || !blockReasons.includes(blockReason)) {
    throw orderingError('block_missing', { item: index + 1, blockReasons });
  }
  return { ...item, action: 'resume', productId, blockReason };
}

function eachProductOnce<R extends { productId: string }>(items: R[]): R[] {
  const products = new Set<string>();
  for (const { productId } of items) {
    if (products.has(productId)) throw orderingError('product_twice', { productId });
    products.add(productId);
  }
  return items;
}
