import fc from 'fast-check';
import {
  addRatios,
  amountToDecimal,
  applyRatio,
  ceilRatio,
  compareRatios,
  divideRound,
  floorRatio,
  multiplyRatios,
  multiplyToAmount,
  ratioFromDecimal,
  ratioFromPercent,
  ratioOf,
  roundRatio,
} from './index';

const integer = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const nonZero = integer.filter((value) => value !== 0n);
const ratio = fc.tuple(integer, nonZero).map(([numerator, denominator]) => ratioOf(numerator, denominator));

describe('divideRound', () => {
  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [5n, -2n, -3n],
    [-5n, -2n, 3n],
    [4n, 3n, 1n],
    [0n, -7n, 0n],
    [1n, 3n, 0n],
  ])('%p ÷ %p = %p', (numerator, denominator, quotient) => {
    expect(divideRound(numerator, denominator)).toBe(quotient);
  });

  it('is the nearest integer, the one away from zero in the middle', () => {
    fc.assert(
      fc.property(integer, nonZero, (numerator, denominator) => {
        const quotient = divideRound(numerator, denominator);
        const twiceError = 2n * (numerator - quotient * denominator);
        const [size, limit] = [magnitude(twiceError), magnitude(denominator)];
        expect(size <= limit).toBe(true);
        if (size === limit) expect(magnitude(quotient * denominator) > magnitude(numerator)).toBe(true);
      }),
    );
  });

  it('refuses zero', () => {
    expect(() => divideRound(1n, 0n)).toThrow(RangeError);
  });
});

describe('Ratio', () => {
  it('prices the golden data: 0.03 a MB over 38,110 KB and a full gigabyte', () => {
    const perKb = multiplyRatios(ratioFromDecimal('0.03'), ratioOf(1n, 1024n));
    expect(amountToDecimal(multiplyToAmount(1_086_488n - 1_048_576n, perKb))).toBe('1.110703');
  });

  it('reads decimals and percentages in lowest terms', () => {
    expect(ratioFromDecimal('0.030')).toEqual({ numerator: 3n, denominator: 100n });
    expect(ratioFromPercent('0.3')).toEqual({ numerator: 3n, denominator: 1000n });
    expect(ratioOf(4n, -6n)).toEqual({ numerator: -2n, denominator: 3n });
    expect(ratioOf(0n, -6n)).toEqual({ numerator: 0n, denominator: 1n });
  });

  it('takes the tax out of a gross: 9 % of 125.28', () => {
    expect(applyRatio(12_528n, ratioOf(9n, 109n))).toBe(1_034n);
  });

  it('refuses what is no number', () => {
    expect(() => ratioFromDecimal('3%')).toThrow(expect.objectContaining({ code: 'invalid_ratio' }));
    expect(() => ratioOf(1n, 0n)).toThrow(expect.objectContaining({ code: 'invalid_ratio' }));
  });

  it('adds and multiplies exactly, in any order', () => {
    fc.assert(
      fc.property(ratio, ratio, ratio, (a, b, c) => {
        expect(addRatios(a, b)).toEqual(addRatios(b, a));
        expect(multiplyRatios(a, addRatios(b, c))).toEqual(
          addRatios(multiplyRatios(a, b), multiplyRatios(a, c)),
        );
        expect(compareRatios(a, b)).toBe(0 - compareRatios(b, a) + 0);
      }),
    );
  });

  it('charges events that add up to the price of the whole when each is a difference of totals', () => {
    fc.assert(
      fc.property(
        ratio,
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { maxLength: 20 }),
        (price, uses) => {
          let [total, charged] = [0n, 0n];
          for (const use of uses) {
            charged += multiplyToAmount(total + use, price) - multiplyToAmount(total, price);
            total += use;
          }
          expect(charged).toBe(multiplyToAmount(total, price));
        },
      ),
    );
  });
});

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

describe('rounding ratios', () => {
  it('goes half away from zero, or up', () => {
    const third = ratioOf(-1n, 3n);
    expect(roundRatio(ratioFromDecimal('2.345'), 2)).toEqual(ratioFromDecimal('2.35'));
    expect(roundRatio(ratioFromDecimal('-2.345'), 2)).toEqual(ratioFromDecimal('-2.35'));
    expect(roundRatio(ratioFromDecimal('0.30001'), 4, 'up')).toEqual(ratioFromDecimal('0.3001'));
    expect([floorRatio(third), ceilRatio(third)]).toEqual([-1n, 0n]);
  });
});
