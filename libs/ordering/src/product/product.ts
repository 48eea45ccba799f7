import type { ProductState } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { orderingError } from '../ordering.errors';

/** Why a version of a product was recorded. */
export type ProductCause = 'activated' | 'terminated';

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

/**
 * The version that ends a product at an instant.
 * @throws DomainError('product_not_active') when it has ended already.
 */
export function terminate(current: ProductVersion, at: Instant, recordedBy: string): ProductVersion {
  if (!isLive(current.state)) {
    throw orderingError('product_not_active', { productId: current.state.productId });
  }
  return {
    ...current,
    version: current.version + 1,
    state: { ...current.state, effectiveTo: at },
    recordedAt: at,
    recordedBy,
    cause: 'terminated',
  };
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
