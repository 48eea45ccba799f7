import type { BlockKind, BlockReason, ProductBlock, ProductState } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { orderingError } from '../ordering.errors';

/** Reasons that a customer may give; the others belong to the domains that know of the money. */
export const customerReasons: readonly BlockReason[] = ['customer-wish', 'sim-lost'];

export const blockReasons: readonly BlockReason[] = [
  ...customerReasons,
  'unpaid-fee',
  'dunning',
  'credit-limit',
];
export const blockKinds: readonly BlockKind[] = ['barred-outgoing', 'full-stop'];

/** What stops a product now, oldest first. */
export function openBlocks({ blocks }: Pick<ProductState, 'blocks'>): ProductBlock[] {
  return (blocks ?? []).filter((block) => block.to === null);
}

/** The block of a reason that is in force. */
export function blockOf(state: Pick<ProductState, 'blocks'>, reason: BlockReason): ProductBlock | undefined {
  return openBlocks(state).find((block) => block.reason === reason);
}

/** What blocks stop together: the strictest kind; null when there is none. */
export function barringOf(blocks: readonly Pick<ProductBlock, 'kind'>[]): BlockKind | null {
  if (blocks.some(({ kind }) => kind === 'full-stop')) return 'full-stop';
  return blocks.length > 0 ? 'barred-outgoing' : null;
}

/**
 * The blocks after one was placed. One of the same reason gives way to it, so that each reason holds once.
 * @throws DomainError('product_blocked_already') when it is there already.
 */
export function withBlock(state: ProductState, block: ProductBlock): ProductBlock[] {
  refuseSameBlock(state, block);
  return [...endBlock(state, block.reason, block.from), block];
}

/**
 * The blocks after the one of a reason was lifted.
 * @throws DomainError('product_not_blocked') when there is none.
 */
export function withoutBlock(state: ProductState, reason: BlockReason, at: Instant): ProductBlock[] {
  refuseNoBlock(state, reason);
  return endBlock(state, reason, at);
}

/** @throws DomainError('product_blocked_already') when the same is stopped for the same reason */
export function refuseSameBlock(
  state: ProductState,
  { reason, kind }: Pick<ProductBlock, 'reason' | 'kind'>,
): void {
  if (blockOf(state, reason)?.kind !== kind) return;
  throw orderingError('product_blocked_already', { productId: state.productId, reason, kind });
}

/** @throws DomainError('product_not_blocked') when nothing is stopped for the reason */
export function refuseNoBlock(state: ProductState, reason: BlockReason): void {
  if (blockOf(state, reason)) return;
  throw orderingError('product_not_blocked', { productId: state.productId, reason });
}

/** A product that ends takes its blocks with it. */
export function endAllBlocks({ blocks }: ProductState, at: Instant): ProductBlock[] {
  return (blocks ?? []).map((block) => (block.to === null ? { ...block, to: at } : block));
}

function endBlock({ blocks }: ProductState, reason: BlockReason, at: Instant): ProductBlock[] {
  return (blocks ?? []).map((block) =>
    block.to === null && block.reason === reason ? { ...block, to: at } : block,
  );
}
