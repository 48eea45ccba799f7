import { amountFromMicro, type Amount } from './amount';
import { decimalParts } from './decimal';
import { DomainError } from './domain-error';
import { divideRound } from './rounding';

/** An exact rational number: a unit price in currency per unit, a tax rate, a share. Denominator > 0, lowest terms. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const MICRO = 1_000_000n;

/** 0. */
export const zeroRatio: Ratio = Object.freeze({ numerator: 0n, denominator: 1n });

/**
 * numerator ÷ denominator in lowest terms with a positive denominator.
 * @throws DomainError('invalid_ratio') for a zero denominator.
 */
export function ratioOf(numerator: bigint, denominator: bigint = 1n): Ratio {
  if (denominator === 0n) throw new DomainError('invalid_ratio', 'invalid', 'denominator is zero');
  const divisor = greatestCommonDivisor(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

/**
 * Reads '0.03' as 3/100, with any number of decimals.
 * @throws DomainError('invalid_ratio') when it is no decimal.
 */
export function ratioFromDecimal(text: string): Ratio {
  const parts = decimalParts(text);
  if (!parts)
    throw new DomainError('invalid_ratio', 'invalid', 'not a decimal number', { text: text.slice(0, 60) });
  return ratioOf(parts.unscaled, 10n ** BigInt(parts.scale));
}

/** Reads a percentage: '9' is 9/100, '0.3' is 3/1000. Errors as ratioFromDecimal. */
export function ratioFromPercent(text: string): Ratio {
  return multiplyRatios(ratioFromDecimal(text), ratioOf(1n, 100n));
}

/** R(quantity × unitPrice): rounded to 10^-6, half away from zero. SEMANTICS §1. */
export function multiplyToAmount(quantity: bigint, unitPrice: Ratio): Amount {
  return amountFromMicro(divideRound(quantity * unitPrice.numerator * MICRO, unitPrice.denominator));
}

/** value × ratio, rounded to an integer half away from zero: the tax in a gross, a discount on a line. */
export function applyRatio(value: bigint, ratio: Ratio): bigint {
  return divideRound(value * ratio.numerator, ratio.denominator);
}

/** a + b, exact. */
export function addRatios(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** a × b, exact. */
export function multiplyRatios(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** a − b, exact. */
export function subtractRatios(a: Ratio, b: Ratio): Ratio {
  return addRatios(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** a ÷ b, exact. @throws DomainError('invalid_ratio') when b is zero. */
export function divideRatios(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Σ, exact; zero for none. */
export function sumRatios(ratios: Iterable<Ratio>): Ratio {
  let sum = zeroRatio;
  for (const ratio of ratios) sum = addRatios(sum, ratio);
  return sum;
}

/** The smaller one. */
export function minRatio(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) <= 0 ? a : b;
}

/** The larger one. */
export function maxRatio(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) >= 0 ? a : b;
}

/** The largest integer that is not above it: ⌊−1/2⌋ = −1. */
export function floorRatio({ numerator, denominator }: Ratio): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** The smallest integer that is not below it. */
export function ceilRatio({ numerator, denominator }: Ratio): bigint {
  return -floorRatio({ numerator: -numerator, denominator });
}

/** How a figure is cut to decimals: half away from zero, or always towards +∞. */
export type RoundingMode = 'half_up' | 'up';

/** The nearest multiple of 10^-decimals. SEMANTICS §1. */
export function roundRatio(value: Ratio, decimals: number, mode: RoundingMode = 'half_up'): Ratio {
  const scale = 10n ** BigInt(decimals);
  const scaled = multiplyRatios(value, ratioOf(scale));
  const units = mode === 'up' ? ceilRatio(scaled) : divideRound(scaled.numerator, scaled.denominator);
  return ratioOf(units, scale);
}

/** −1, 0 or 1, for sort(). */
export function compareRatios(a: Ratio, b: Ratio): -1 | 0 | 1 {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
