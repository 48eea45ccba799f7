import type { BlockKind, BlockReason, OrderPatience, PlaceOrderInput, ProductState } from '@ronghe/contracts';

/** What an unpaid fee stops. */
export const FEE_STOP: { reason: BlockReason; kind: BlockKind } = { reason: 'unpaid-fee', kind: 'full-stop' };

/** What charging wants of a product for its fees, beside how the product stands. */
export interface FeeStop {
  lane: number;
  /** Null until ordering has told of it. */
  product: ProductState | null;
  productId: string;
  /** Some fee is unpaid beyond its grace: the product shall be stopped. */
  isWanted: boolean;
  /** It is a sub card, and a fee of its main card is: the order for that one stops both. */
  isMainCardWanted: boolean;
  /** Sub cards of it that a fee stop holds and nobody wants stopped any more once it goes on. */
  freedSubCards: readonly string[];
  /** Counts the orders that were asked for, from 1: names the next one. */
  attempt: number;
  /** How often in a row it was asked for without effect; each wait is twice the one before. */
  tries: number;
}

/**
 * A minute: so long another order may keep the product busy, or ordering be out of reach; and an order that was placed is
 * looked after as soon, the first time.
 */
export const FEE_STOP_PATIENCE: OrderPatience = { busyMs: 60_000, firstLookMs: 60_000 };

/** What is to be ordered so that the product stands as it shall; null when it does, or is no more. */
export function wantedAction({ product, isWanted, isMainCardWanted }: FeeStop): 'suspend' | 'resume' | null {
  if (!product || product.effectiveTo !== null) return null;
  const isStopped = (product.blocks ?? []).some(
    ({ reason, to }) => reason === FEE_STOP.reason && to === null,
  );
  if (isStopped) return isWanted || isMainCardWanted ? null : 'resume';
  return isWanted ? 'suspend' : null;
}

/**
 * The order for it. A main card is stopped with its sub cards; with it only those go on that nobody wants stopped: a sub card
 * whose own fee is unpaid waits for that.
 */
export function stopOrder(
  { productId, customerId, accountId }: ProductState,
  action: 'suspend' | 'resume',
  freedSubCards: readonly string[] = [],
): PlaceOrderInput {
  const blockReason = FEE_STOP.reason;
  if (action === 'suspend')
    return { customerId, accountId, items: [{ action, productId, blockReason, blockKind: FEE_STOP.kind }] };
  const items = [productId, ...freedSubCards].map((each) => ({
    ...{ action, productId: each, blockReason },
    isAlone: true,
  }));
  return { customerId, accountId, items };
}

/** Names the order, so that it is placed once however often it is asked for. */
export function stopKey({ productId, attempt }: FeeStop, action: string): string {
  return `fee-stop/${productId}/${attempt}/${action}`;
}
