import { multiplyToAmount, type Amount, type Ratio } from '@ronghe/kernel';

const MICRO = 1_000_000;

/**
 * R of an exact price: to 10^-6, half away from zero (SEMANTICS §1). In machine numbers as long as every step is a safe
 * integer, with BigInt beyond.
 */
export function roundedAmount({ numerator, denominator }: Ratio): Amount {
  const dividend = Number(numerator) * MICRO;
  const divisor = Number(denominator);
  if (dividend < 0 || dividend > Number.MAX_SAFE_INTEGER || divisor > Number.MAX_SAFE_INTEGER) {
    return multiplyToAmount(numerator, { numerator: 1n, denominator });
  }
  const remainder = dividend % divisor;
  const quotient = (dividend - remainder) / divisor;
  return BigInt(remainder < divisor - remainder ? quotient : quotient + 1) as Amount;
}
