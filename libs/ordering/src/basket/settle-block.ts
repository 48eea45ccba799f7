import type { BlockReason } from '@ronghe/contracts';
import { orderingError } from '../ordering.errors';
import { blockOf, customerReasons, refuseNoBlock, refuseSameBlock } from '../product/block';
import { isLive, type ProductVersion } from '../product/product';
import { ORDER_ITEMS_MAXIMUM, type ResumeRequest, type SuspendRequest } from './order-request';

/** All that decides whether products may be blocked or freed; plain data, read under the account's lock. */
export interface BlockContext {
  /** The latest version of each product that is named, and of every one in force on the account. */
  products: readonly ProductVersion[];
  /** Products that another open order ends, blocks or frees. */
  changing: ReadonlySet<string>;
}

/** A product and what an order does to its blocks. */
export interface SettledBlock<R> {
  product: ProductVersion;
  request: R;
}

/**
 * The products that an order blocks: those that are named and, where money is owed, the sub cards of a main card. A
 * customer's own wish is for one card.
 * @throws DomainError product_not_found, product_not_active, product_in_order, product_blocked_already, order_too_large
 */
export function settleSuspension(
  items: readonly SuspendRequest[],
  context: BlockContext,
): SettledBlock<SuspendRequest>[] {
  const settled = settle(items, context, ({ state }, request) => {
    const earlier = blockOf(state, request.blockReason);
    return earlier === undefined || earlier.kind !== request.blockKind;
  });
  for (const { product, request } of settled) {
    const { blockReason: reason, blockKind: kind } = request;
    refuseSameBlock(product.state, { reason, kind });
  }
  return settled;
}

/**
 * The products that an order frees of the block of a reason: those that are named and, where money was owed and the item does
 * not stand alone, the sub cards that were blocked with their main card.
 * @throws DomainError product_not_found, product_not_active, product_in_order, product_not_blocked, order_too_large
 */
export function settleResumption(
  items: readonly ResumeRequest[],
  context: BlockContext,
): SettledBlock<ResumeRequest>[] {
  const settled = settle(
    items,
    context,
    ({ state }, { blockReason, isAlone }) => isAlone !== true && blockOf(state, blockReason) !== undefined,
  );
  for (const { product, request } of settled) refuseNoBlock(product.state, request.blockReason);
  return settled;
}

/** @param joins whether the change means anything to a sub card that is not named */
function settle<R extends { productId: string; blockReason: BlockReason }>(
  items: readonly R[],
  context: BlockContext,
  joins: (subCard: ProductVersion, request: R) => boolean,
): SettledBlock<R>[] {
  const named = new Set(items.map(({ productId }) => productId));
  const settled = items.flatMap((request) => {
    const product = namedProduct(request.productId, context);
    const joining = subCardsOf(product, request.blockReason, context).filter(
      (sub) => !named.has(sub.state.productId) && joins(sub, request),
    );
    return [product, ...joining].map((each) => ({
      product: each,
      request: { ...request, productId: each.state.productId },
    }));
  });
  if (settled.length > ORDER_ITEMS_MAXIMUM) {
    throw orderingError('order_too_large', { items: settled.length, maximum: ORDER_ITEMS_MAXIMUM });
  }
  const busy = settled.find(({ request }) => context.changing.has(request.productId));
  if (busy) throw orderingError('product_in_order', { productId: busy.request.productId });
  return settled;
}

function namedProduct(productId: string, { products }: BlockContext): ProductVersion {
  const product = products.find(({ state }) => state.productId === productId);
  if (!product) throw orderingError('product_not_found', { productId });
  if (!isLive(product.state)) throw orderingError('product_not_active', { productId });
  return product;
}

function subCardsOf(
  { state: { productId } }: ProductVersion,
  reason: BlockReason,
  { products }: BlockContext,
): ProductVersion[] {
  if (customerReasons.includes(reason)) return [];
  return products.filter(
    ({ state }) => isLive(state) && state.cardGroupId === productId && state.productId !== productId,
  );
}
