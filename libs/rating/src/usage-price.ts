import type { UsagePrice } from '@ronghe/contracts';
import type { Amount } from '@ronghe/kernel';
import type { Counter } from './rating-state';

/** A usage price made ready: compiled once per version, then used for every event. */
export interface CompiledUsagePrice {
  readonly document: UsagePrice;
  /** Counted units (minutes, messages, KB) of one event of so many measured units (seconds, messages, KB). */
  countUnits(measured: bigint): bigint;
  /** R(price of all that the counter holds), before the cap. */
  priceOf(counter: Counter): Amount;
  /** Null: no cap. */
  readonly cap: Amount | null;
}

/** Compiles a usage price. Throws DomainError('invalid_ratio' | 'invalid_amount') for decimals that are none. */
export function compileUsagePrice(price: UsagePrice): CompiledUsagePrice {
  throw new Error(`not written yet: ${price.code}`);
}
