import { applyRatio, moneyFromMinor, ratioFromPercent, ratioOf, type Money } from '@ronghe/kernel';

/**
 * The tax that a gross sum contains: round(gross × r ÷ (1 + r)), half away from zero. SEMANTICS §8.
 * @param percent `9`, `6`; throws DomainError('invalid_ratio') when it is no decimal.
 */
export function includedTax(gross: Money, percent: string): Money {
  const { numerator, denominator } = ratioFromPercent(percent);
  return moneyFromMinor(applyRatio(gross, ratioOf(numerator, numerator + denominator)));
}
