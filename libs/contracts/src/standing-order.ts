/** How patient somebody is who sees to it that a product stands in some way, by orders that are asked for until it does. */
export interface OrderPatience {
  /** So long another order may keep the product busy, or ordering be out of reach. */
  busyMs: number;
  /** When an order that was placed is looked after the first time: it may have ended before its answer was noted. Left out: as later. */
  firstLookMs?: number;
}

/** Ten minutes: an order that was refused or failed is asked for again. */
export const FAILED_ORDER_MS = 600_000;
/** An hour: an order has told of its end by then. */
const PLACED_MS = 3_600_000;
/** A day: no wait is longer. */
const WAIT_MAXIMUM_MS = 86_400_000;
/** From half a minute, more doublings than it takes to come to a day. */
const DOUBLINGS_MAXIMUM = 12;

/** Refusals of `ordering.placeOrder` that say that the product stands as it shall. */
const alreadySo: ReadonlySet<string> = new Set([
  'product_blocked_already',
  'product_not_blocked',
  'product_not_active',
]);
/** Refusals that pass by themselves. */
const isBusy: ReadonlySet<string> = new Set(['product_in_order', 'busy']);

/**
 * When to look again after an answer: `refusal` is its code, null where an order was placed; each wait is twice the one
 * before. Null: the product stands as it shall.
 */
export function lookAgainAfterMs(
  refusal: string | null,
  tries: number,
  { busyMs, firstLookMs = PLACED_MS }: OrderPatience,
): number | null {
  if (refusal !== null && alreadySo.has(refusal)) return null;
  if (refusal === null && tries === 0) return firstLookMs;
  const first = refusal === null ? PLACED_MS : isBusy.has(refusal) ? busyMs : FAILED_ORDER_MS;
  return Math.min(first * 2 ** Math.min(tries, DOUBLINGS_MAXIMUM), WAIT_MAXIMUM_MS);
}
