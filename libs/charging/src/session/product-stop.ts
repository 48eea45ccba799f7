import type { BlockKind, ProductState, UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';

/** What is stopped for a product, all its blocks together: the strictest kind; null when nothing is. */
export function stopOf({ blocks }: Pick<ProductState, 'blocks'>): BlockKind | null {
  const open = (blocks ?? []).filter(({ to }) => to === null);
  if (open.some(({ kind }) => kind === 'full-stop')) return 'full-stop';
  return open.length > 0 ? 'barred-outgoing' : null;
}

/** Whether nothing new may begin: of an outgoing stop, what comes in is left. */
export function refusesStart(product: Pick<ProductState, 'blocks'>, isIncoming: boolean): boolean {
  const stop = stopOf(product);
  return stop === 'full-stop' || (stop === 'barred-outgoing' && !isIncoming);
}

/** Whether what runs gets no more: the product has ended, or was stopped. A call that began before an outgoing stop may end by itself. */
export function refusesMore(
  product: Pick<ProductState, 'blocks' | 'effectiveTo'>,
  usageClass: UsageClass | null,
  now: Instant,
): boolean {
  if (product.effectiveTo !== null && product.effectiveTo <= now) return true;
  const stop = stopOf(product);
  return stop === 'full-stop' || (stop === 'barred-outgoing' && usageClass === 'data');
}
