import { DomainError } from './domain-error';

/**
 * Splits a total over weights: every share is floored and the units that are left go to the largest remainders,
 * the earlier one first where they tie. SEMANTICS §1.
 *
 * Σ shares = total, each share is within one unit of the exact one, a weight of zero gets zero, and
 * allocate(−t, w) = −allocate(t, w), so that a credit takes back what the charge gave. Weights may be of mixed
 * sign (a bill with a credit line) as long as they do not cancel out.
 * @throws DomainError('nothing_to_allocate_to', 'invalid') when the weights add up to zero and the total does not.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n) return allocate(-total, weights).map((share) => -share);
  if (total === 0n) return weights.map(() => 0n);
  const sum = weights.reduce((running, weight) => running + weight, 0n);
  if (sum === 0n) {
    throw new DomainError('nothing_to_allocate_to', 'invalid', 'the weights add up to zero', {
      total: total.toString(),
    });
  }
  const sign = sum < 0n ? -1n : 1n;
  const divisor = sum * sign;
  const shares = weights.map((weight, index) => {
    const product = total * weight * sign;
    const remainder = ((product % divisor) + divisor) % divisor;
    return { index, floor: (product - remainder) / divisor, remainder };
  });
  const result = shares.map((share) => share.floor);
  const left = Number(total - result.reduce((running, share) => running + share, 0n));
  shares.sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.index - b.index));
  for (const { index, floor } of shares.slice(0, left)) result[index] = floor + 1n;
  return result;
}
