import { lookAgainAfterMs, type OrderPatience, type PlaceOrderInput } from '@ronghe/contracts';
import { isDomainError } from '@ronghe/kernel';
import type { Commands } from './commands.service';

/** What came of asking for an order; `error`: nothing was answered, and the same is asked again by the same key. */
export interface AskedOrder {
  orderId: string | null;
  /** Null: the product stands as it shall. */
  afterMs: number | null;
  error?: Error;
}

/**
 * Places an order that somebody wants until a product stands as it shall, outside of any transaction: a process that dies
 * before it noted the answer asks with the same key.
 */
export async function askForOrder(
  commands: Commands,
  { input, key, tries }: { input: PlaceOrderInput; key: string; tries: number },
  patience: OrderPatience,
): Promise<AskedOrder> {
  try {
    const { orderId } = await commands.send('ordering.placeOrder', input, { key });
    return { orderId, afterMs: lookAgainAfterMs(null, tries, patience) };
  } catch (error) {
    if (isDomainError(error) && error.kind !== 'unavailable')
      return { orderId: null, afterMs: lookAgainAfterMs(error.code, tries, patience) };
    const thrown = error instanceof Error ? error : new Error(String(error));
    return { orderId: null, afterMs: patience.busyMs, error: thrown };
  }
}
