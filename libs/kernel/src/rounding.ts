/**
 * numerator ÷ denominator, rounded half away from zero: 5 ÷ 2 = 3, −5 ÷ 2 = −3. The signs may be anything.
 * @throws RangeError for a zero denominator, which is a defect of the caller.
 */
export function divideRound(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero');
  const isNegative = numerator < 0n !== denominator < 0n;
  const dividend = numerator < 0n ? -numerator : numerator;
  const divisor = denominator < 0n ? -denominator : denominator;
  const quotient = (dividend * 2n + divisor) / (divisor * 2n);
  return isNegative ? -quotient : quotient;
}
