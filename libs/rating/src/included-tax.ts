import {
  applyRatio,
  moneyFromMinor,
  ratioFromPercent,
  ratioOf,
  type Money,
  type Ratio,
} from '@ronghe/kernel';

/**
 * The tax that a gross sum contains: round(gross × r ÷ (1 + r)), half away from zero. SEMANTICS §8.
 * @param percent `9`, `6`; throws DomainError('invalid_ratio') when it is no decimal.
 */
export function includedTax(gross: Money, percent: string): Money {
  const share = shares.get(percent) ?? includedShare(percent);
  shares.set(percent, share);
  return moneyFromMinor(applyRatio(gross, share));
}

/** By percentages: those that laws have had are few. */
const shares = new Map<string, Ratio>();

function includedShare(percent: string): Ratio {
  const { numerator, denominator } = ratioFromPercent(percent);
  return ratioOf(numerator, numerator + denominator);
}
