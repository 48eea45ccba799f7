import type { OrderPatience, PlaceOrderInput, ProductState } from '@ronghe/contracts';
import { DUNNING_REASON, dunningBlockOf } from './dunning-product';
import type { Stop } from './dunning-state';

/** What dunning wants of a product, beside how the product stands. */
export interface DunningStop {
  lane: number;
  productId: string;
  wanted: Stop;
  /** Counts the orders that were asked for, from 1: names the next one. */
  attempt: number;
  /** How often in a row it was asked for without effect; each wait is twice the one before. */
  tries: number;
  /** Null until ordering has told of it. */
  product: ProductState | null;
  /** Live products that go with it: sub cards and packs. */
  followers: readonly string[];
}

export type StopAction = 'suspend' | 'resume' | 'delete';

/** Half a minute: so long another order may keep the product busy; a payment is answered within a minute. */
export const DUNNING_PATIENCE: OrderPatience = { busyMs: 30_000 };

/** What is to be ordered so that the product stands as it shall; null when it does, or is no more. */
export function wantedAction({ product, wanted }: DunningStop): StopAction | null {
  if (!product || product.effectiveTo !== null) return null;
  const stopped = dunningBlockOf(product)?.kind ?? 'none';
  if (wanted === 'termination') return 'delete';
  if (stopped === wanted) return null;
  return wanted === 'none' ? 'resume' : 'suspend';
}

/** The order for it. */
export function stopOrder(stop: DunningStop, product: ProductState, action: StopAction): PlaceOrderInput {
  const { productId, customerId, accountId } = product;
  if (action === 'delete') {
    const ended = [productId, ...stop.followers];
    return { customerId, accountId, items: ended.map((each) => ({ action, productId: each })) };
  }
  const isBlock = stop.wanted === 'barred-outgoing' || stop.wanted === 'full-stop';
  const kind = action === 'suspend' && isBlock ? { blockKind: stop.wanted } : {};
  return {
    customerId,
    accountId,
    items: [{ action, productId, blockReason: DUNNING_REASON, ...kind }] as PlaceOrderInput['items'],
  };
}

/** Names the order, so that it is placed once however often it is asked for. */
export function stopKey({ productId, attempt, wanted }: DunningStop): string {
  return `dunning/${productId}/${attempt}/${wanted}`;
}
