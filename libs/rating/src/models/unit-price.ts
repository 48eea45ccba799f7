import type { UnitPrice } from '@ronghe/contracts';
import { multiplyRatios, ratioFromDecimal, ratioOf, type Ratio } from '@ronghe/kernel';

/** What one unit costs, exact. Throws DomainError('invalid_ratio'). */
export function unitPriceOf({ amount, per }: UnitPrice): Ratio {
  return multiplyRatios(ratioFromDecimal(amount), ratioOf(1n, BigInt(per)));
}
