import type { BlockKind, BlockReason, PlaceOrderInput, ProductState } from '@ronghe/contracts';

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
  /** Counts the orders that were asked for, from 1: names the next one. */
  attempt: number;
  /** How often in a row it was asked for without effect; each wait is twice the one before. */
  tries: number;
}

/**
 * A minute: so long another order may keep the product busy, or ordering be out of reach. An order that was placed is looked
 * after as soon, the first time: it may have ended before its answer was noted.
 */
export const BUSY_MS = 60_000;
/** Ten minutes: an order that was refused or failed is asked for again. */
export const FAILED_MS = 600_000;
/** A day: no wait is longer. */
const WAIT_MAXIMUM_MS = 86_400_000;
/** An hour: an order has told of its end by then. */
const PLACED_MS = 3_600_000;

/** What is to be ordered so that the product stands as it shall; null when it does, or is no more. */
export function wantedAction({ product, isWanted, isMainCardWanted }: FeeStop): 'suspend' | 'resume' | null {
  if (!product || product.effectiveTo !== null) return null;
  const isStopped = (product.blocks ?? []).some(
    ({ reason, to }) => reason === FEE_STOP.reason && to === null,
  );
  if (isStopped) return isWanted || isMainCardWanted ? null : 'resume';
  return isWanted ? 'suspend' : null;
}

/** The order for it. */
export function stopOrder(
  { productId, customerId, accountId }: ProductState,
  action: 'suspend' | 'resume',
): PlaceOrderInput {
  const blockReason = FEE_STOP.reason;
  const kind = action === 'suspend' ? { blockKind: FEE_STOP.kind } : {};
  return { customerId, accountId, items: [{ action, productId, blockReason, ...kind }] };
}

/** Names the order, so that it is placed once however often it is asked for. */
export function stopKey({ productId, attempt }: FeeStop, action: string): string {
  return `fee-stop/${productId}/${attempt}/${action}`;
}

/**
 * When to look again after an answer: `refusal` is its code, null where an order was placed. Null: the product stands as
 * it shall.
 */
export function lookAgainAfterMs(refusal: string | null, tries: number): number | null {
  if (refusal !== null && alreadySo.has(refusal)) return null;
  if (refusal === null && tries === 0) return BUSY_MS;
  const first = refusal === null ? PLACED_MS : refusal === 'product_in_order' ? BUSY_MS : FAILED_MS;
  return Math.min(first * 2 ** Math.min(tries, DOUBLINGS_MAXIMUM), WAIT_MAXIMUM_MS);
}

/** From a minute, more doublings than it takes to come to a day. */
const DOUBLINGS_MAXIMUM = 11;

const alreadySo: ReadonlySet<string> = new Set([
  'product_blocked_already',
  'product_not_blocked',
  'product_not_active',
]);
