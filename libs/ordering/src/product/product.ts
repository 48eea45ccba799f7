import type {
  BlockReason,
  ProductBlock,
  ProductMove,
  ProductResource,
  ProductState,
  ProductTerms,
} from '@ronghe/contracts';
import { maxInstant, type Instant } from '@ronghe/kernel';
import { endOfTime } from '@ronghe/rating';
import { orderingError } from '../ordering.errors';
import { endAllBlocks, openBlocks, withBlock, withoutBlock } from './block';

/** Why a version of a product was recorded. */
export type ProductCause = 'activated' | 'terminated' | 'changed' | 'moved' | 'suspended' | 'resumed';

/** One append-only row of a product's history: what was in force when, as known since `recordedAt`. */
export interface ProductVersion {
  version: number;
  state: ProductState;
  /** The item of the order that installed it. */
  orderItemNo: number;
  /** Specification of its offer, for the services that it has. */
  specification: string | null;
  recordedAt: Instant;
  recordedBy: string;
  cause: ProductCause;
}

/** Whether the product is in force and stays so as far as is known. */
export function isLive(state: ProductState): boolean {
  return state.effectiveTo === null;
}

/** How a product stands, in TM Forum's words (TMF637 ProductStatusType). */
export type ProductStatus = 'active' | 'suspended' | 'terminated';

/** Terminated once it has ended, suspended while any block holds. */
export function statusOf(state: ProductState): ProductStatus {
  if (!isLive(state)) return 'terminated';
  return openBlocks(state).length > 0 ? 'suspended' : 'active';
}

/**
 * The version that ends a product at an instant, and the blocks that hold with it.
 * @throws DomainError('product_not_active') when it has ended already.
 */
export function terminate(
  current: ProductVersion,
  at: Instant,
  recordedBy: string,
  recordedAt: Instant = at,
): ProductVersion {
  const state = liveState(current);
  const blocks = endAllBlocks(state, at);
  // One that ends before it began never was.
  const effectiveTo = maxInstant(at, state.effectiveFrom);
  return next(current, { ...withBlocks(state, blocks), effectiveTo }, 'terminated', {
    at: recordedAt,
    recordedBy,
  });
}

/**
 * The version in which a product is held under other terms from an instant on. What was to hold from later on gives way;
 * terms that came to no time are forgotten, and the same terms one after the other are one.
 * @throws DomainError('product_not_active') when it has ended.
 */
export function changeTerms(
  current: ProductVersion,
  terms: Omit<ProductTerms, 'from' | 'to'>,
  wishedFrom: Instant,
  recorded: { at: Instant; by: string },
): ProductVersion {
  const state = liveState(current);
  const from = maxInstant(wishedFrom, state.effectiveFrom);
  const past = allTerms(state)
    .filter((each) => each.from < from)
    .map((each) => (each.to < from ? each : { ...each, to: from }));
  const merged = joinAlike([...past, { ...terms, from, to: endOfTime }]);
  const { earlierTerms: _, ...rest } = state;
  const { from: __, to: ___, ...present } = merged.at(-1) ?? { ...terms, from, to: endOfTime };
  const earlier = merged.slice(0, -1);
  return next(
    current,
    { ...rest, ...present, changedFrom: from, ...(earlier.length > 0 && { earlierTerms: earlier }) },
    'changed',
    { at: recorded.at, recordedBy: recorded.by },
  );
}

/**
 * The version in which a product is at another address.
 * @throws DomainError('product_not_active') when it has ended.
 */
export function move(
  current: ProductVersion,
  { orderId, at, resources }: ProductMove & { resources: ProductResource[] },
  recorded: { at: Instant; by: string },
): ProductVersion {
  const state = liveState(current);
  const moves = [...(state.moves ?? []), { orderId, at: maxInstant(at, state.effectiveFrom) }];
  return next(current, { ...state, resources, moves, changedFrom: at }, 'moved', {
    at: recorded.at,
    recordedBy: recorded.by,
  });
}

/** Every terms of a product, those that hold last of all included; oldest first, without a gap. */
function allTerms(state: ProductState): ProductTerms[] {
  const { offeringCode, offeringVersion, role, bundleId, bundleOfferingCode, bundleOfferingVersion } = state;
  const earlier = state.earlierTerms ?? [];
  const from = earlier.at(-1)?.to ?? state.effectiveFrom;
  const present = {
    offeringCode,
    offeringVersion,
    role,
    bundleId,
    bundleOfferingCode,
    bundleOfferingVersion,
  };
  return [...earlier, { ...present, from, to: endOfTime }];
}

function joinAlike(terms: readonly ProductTerms[]): ProductTerms[] {
  return terms.reduce<ProductTerms[]>((joined, each) => {
    const last = joined.at(-1);
    if (!last || !areAlike(last, each)) return [...joined, each];
    return [...joined.slice(0, -1), { ...last, to: each.to }];
  }, []);
}

function areAlike(a: ProductTerms, b: ProductTerms): boolean {
  return (
    a.offeringCode === b.offeringCode &&
    a.offeringVersion === b.offeringVersion &&
    a.role === b.role &&
    a.bundleId === b.bundleId
  );
}

/**
 * The version in which a block holds from an instant on.
 * @throws DomainError product_not_active, product_blocked_already
 */
export function suspend(
  current: ProductVersion,
  block: Omit<ProductBlock, 'from' | 'to'>,
  at: Instant,
  recordedBy: string,
): ProductVersion {
  const blocks = withBlock(liveState(current), { ...block, from: at, to: null });
  return next(current, withBlocks(current.state, blocks), 'suspended', { at, recordedBy });
}

/**
 * The version in which the block of a reason has ended.
 * @throws DomainError product_not_active, product_not_blocked
 */
export function resume(
  current: ProductVersion,
  reason: BlockReason,
  at: Instant,
  recordedBy: string,
): ProductVersion {
  const blocks = withoutBlock(liveState(current), reason, at);
  return next(current, withBlocks(current.state, blocks), 'resumed', { at, recordedBy });
}

function liveState({ state }: ProductVersion): ProductState {
  if (!isLive(state)) throw orderingError('product_not_active', { productId: state.productId });
  return state;
}

function withBlocks(state: ProductState, blocks: ProductBlock[]): ProductState {
  return blocks.length === 0 ? state : { ...state, blocks };
}

function next(
  current: ProductVersion,
  state: ProductState,
  cause: ProductCause,
  { at, recordedBy }: { at: Instant; recordedBy: string },
): ProductVersion {
  return { ...current, version: current.version + 1, state, recordedAt: at, recordedBy, cause };
}

/** Kinds of stock that count as a number on an identity document. */
const numberKinds: ReadonlySet<string> = new Set(['mobile_number', 'fixed_number']);

/** How many of these kinds are numbers: the real-name rule counts them. */
export function countNumbers(kinds: readonly string[]): number {
  return kinds.filter((kind) => numberKinds.has(kind)).length;
}

/** Whether a kind of stock is a number that a customer may choose. */
export function isNumberKind(kind: string): boolean {
  return numberKinds.has(kind);
}
