import fc from 'fast-check';
import { compareRatios, ratioFromDecimal, ratioOf, sumRatios, zeroRatio } from '@ronghe/kernel';
import {
  applyCredits,
  creditsUsed,
  roundTax,
  splitTax,
  spreadDiscounts,
  stackDiscounts,
  taxPerRate,
} from './index';

const decimal = ratioFromDecimal;

it('takes percentages before fixed discounts, whatever order they are named in', () => {
  const both = [{ fixed: '20' }, { percent: '50' }];
  expect(stackDiscounts(decimal('100'), both)).toEqual(decimal('70'));
  expect(stackDiscounts(decimal('100'), [...both].reverse())).toEqual(decimal('70'));
});

it('never takes more than there is, nor spreads more than it takes', () => {
  const lines = fc.array(
    fc.integer({ min: 0, max: 10_000 }).map((fen) => ratioOf(BigInt(fen), 100n)),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  const discounts = fc.array(
    fc.oneof(
      fc.integer({ min: 0, max: 100 }).map((percent) => ({ percent: String(percent) })),
      fc.integer({ min: 0, max: 300 }).map((fixed) => ({ fixed: String(fixed) })),
    ),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(lines, discounts, (amounts, stack) => {
      const given = spreadDiscounts(
        amounts,
        stack.map((discount) => ({ discount, lines: null })),
      );
      expect(sumRatios(given)).toEqual(stackDiscounts(sumRatios(amounts), stack));
      given.forEach((share, index) => {
        expect(compareRatios(share, zeroRatio)).not.toBe(-1);
        expect(compareRatios(share, amounts[index] ?? zeroRatio)).not.toBe(1);
      });
    }),
  );
});

it('pays lines from the oldest credit, and no more than they cost', () => {
  const paid = applyCredits([decimal('100'), decimal('50')], [decimal('75'), decimal('90')]);
  expect(paid.map(({ credits }) => credits)).toEqual([['75', '25'].map(decimal), [decimal('50')]]);
  expect(creditsUsed(paid)).toEqual(decimal('150'));
});

it('rounds net and gross; the tax is between them', () => {
  const rounded = roundTax(splitTax(decimal('10'), 'gross', decimal('0.06')), 2);
  expect(rounded).toEqual({ net: decimal('9.43'), gross: decimal('10'), tax: decimal('0.57') });
});

it('rounds tax once per rate and shares it out, so that the lines add up to it', () => {
  const lines = ['0.10', '0.10', '0.10'].map((net) => ({ net: decimal(net), percent: '15' }));
  // Each line by itself would be rounded to 0.02.
  expect(taxPerRate(lines, 2)).toEqual(['0.02', '0.02', '0.01'].map(decimal));
  expect(taxPerRate([...lines, { net: decimal('1'), percent: '5' }], 2).at(-1)).toEqual(decimal('0.05'));
});
