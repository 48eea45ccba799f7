import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { allocate, moneyFromDecimal } from './index';

const total = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const weight = fc.bigInt({ min: 0n, max: 10n ** 12n });
const signedWeight = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n });

describe('allocate', () => {
  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [1n, [0n, 1n, 0n], [0n, 1n, 0n]],
    [5n, [3n, 7n], [2n, 3n]],
    [10n, [-1n, -1n], [5n, 5n]],
    [10n, [30n, -10n], [15n, -5n]],
    [0n, [0n, 0n], [0n, 0n]],
    [0n, [], []],
  ])('splits %p over %p into %p', (whole, weights, shares) => {
    expect(allocate(whole, weights)).toEqual(shares);
  });

  it('refuses weights that cancel out', () => {
    for (const weights of [[], [0n], [5n, -5n]]) {
      expect(() => allocate(1n, weights)).toThrow(
        expect.objectContaining({ code: 'nothing_to_allocate_to' }),
      );
    }
  });

  it('conserves the total, stays within a unit of the exact share, and mirrors a credit', () => {
    const weights = fc.array(fc.oneof(weight, signedWeight), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(total, weights, (whole, parts) => {
        const sum = parts.reduce((a, b) => a + b, 0n);
        fc.pre(sum !== 0n);
        const shares = allocate(whole, parts);
        expect(shares.reduce((a, b) => a + b, 0n)).toBe(whole);
        shares.forEach((share, index) => {
          const error = share * sum - whole * (parts[index] ?? 0n);
          expect(error * error < sum * sum).toBe(true);
        });
        expect(allocate(-whole, parts)).toEqual(shares.map((share) => -share));
      }),
    );
  });

  it('gives nothing to a weight of zero and never takes from anybody', () => {
    fc.assert(
      fc.property(total, fc.array(weight, { minLength: 1, maxLength: 30 }), (whole, parts) => {
        fc.pre(parts.some((part) => part > 0n));
        allocate(whole, parts).forEach((share, index) => {
          if (parts[index] === 0n) expect(share).toBe(0n);
          expect(share * whole >= 0n).toBe(true);
        });
      }),
    );
  });
});

interface DiscountVector {
  id: string;
  kind: string;
  input: { lines: string[]; discount: string };
  expected: { linesAfter: string[] };
}

describe('published discount splits', () => {
  const path = join(__dirname, '../../../testdata/vectors/discounts_taxes.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as { vectors: DiscountVector[] };
  const vectors = file.vectors.filter((vector) => vector.kind === 'allocate_discount');

  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_, { input, expected }) => {
    const lines = input.lines.map(moneyFromDecimal);
    const shares = allocate(moneyFromDecimal(input.discount), lines);
    const after = lines.map((line, index) => line - (shares[index] ?? 0n));
    expect(after).toEqual(expected.linesAfter.map(moneyFromDecimal));
  });
});
