import fc from 'fast-check';
import {
  addAmounts,
  amountFromDecimal,
  amountFromMicro,
  amountToDecimal,
  amountToMoney,
  amountToMoneyDown,
  compareAmounts,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToAmount,
  moneyToDecimal,
  sumAmounts,
  zeroAmount,
} from './index';

const STORED = { min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n };

describe('Amount', () => {
  it.each([
    ['4.110703', '4.110703'],
    ['4.1', '4.10'],
    ['0', '0.00'],
    ['-0.05', '-0.05'],
    ['-0', '0.00'],
    ['0.000001', '0.000001'],
    ['159.000', '159.00'],
    ['1.500000000', '1.50'],
    ['007.5', '7.50'],
  ])('reads %s and writes %s', (text, written) => {
    expect(amountToDecimal(amountFromDecimal(text))).toBe(written);
  });

  it.each([
    '',
    '.5',
    '5.',
    '+1',
    '1e3',
    '1,5',
    ' 1',
    '0.0000001',
    'NaN',
    '１',
    '9223372036854.775808',
    '9'.repeat(50),
  ])('refuses %p', (text) => {
    expect(() => amountFromDecimal(text)).toThrow(
      expect.objectContaining({ code: 'invalid_amount', kind: 'invalid' }),
    );
  });

  it('survives writing and reading, over all that can be stored', () => {
    fc.assert(
      fc.property(fc.bigInt(STORED), (micro) => {
        expect(amountFromDecimal(amountToDecimal(amountFromMicro(micro)))).toBe(micro);
      }),
    );
  });

  it('adds and compares', () => {
    const [small, large] = [amountFromDecimal('0.1'), amountFromDecimal('0.2')];
    expect(amountToDecimal(addAmounts(small, large))).toBe('0.30');
    expect(addAmounts()).toBe(zeroAmount);
    expect(sumAmounts(Array.from({ length: 200_000 }, () => small))).toBe(20_000_000_000n);
    expect([large, small].sort(compareAmounts)).toEqual([small, large]);
  });
});

describe('Money', () => {
  it.each([
    ['132.665', '132.67'],
    ['-132.665', '-132.67'],
    ['132.664999', '132.66'],
    ['0.004999', '0.00'],
    ['-0.005', '-0.01'],
  ])('an amount of %s is %s on the bill', (amount, money) => {
    expect(moneyToDecimal(amountToMoney(amountFromDecimal(amount)))).toBe(money);
  });

  it.each([
    ['1.999999', '1.99'],
    ['-0.000001', '-0.01'],
    ['-2', '-2.00'],
  ])('a balance of %s is shown as %s', (amount, money) => {
    expect(moneyToDecimal(amountToMoneyDown(amountFromDecimal(amount)))).toBe(money);
  });

  it('keeps 10,000 records of 0.3 fen: 30 yuan, not 0', () => {
    const records = Array.from({ length: 10_000 }, () => amountFromDecimal('0.003'));
    expect(moneyToDecimal(amountToMoney(sumAmounts(records)))).toBe('30.00');
  });

  it('refuses a third decimal', () => {
    expect(() => moneyFromDecimal('1.005')).toThrow(expect.objectContaining({ code: 'invalid_money' }));
  });

  it('survives writing and reading, and the way to an Amount and back', () => {
    fc.assert(
      fc.property(fc.bigInt(STORED), (minor) => {
        expect(moneyFromDecimal(moneyToDecimal(moneyFromMinor(minor)))).toBe(minor);
        expect(amountToMoney(moneyToAmount(moneyFromMinor(minor)))).toBe(minor);
      }),
    );
  });

  it('is never more than half a fen from the amount, and mirrors it for a credit', () => {
    fc.assert(
      fc.property(fc.bigInt(STORED), (micro) => {
        const money = amountToMoney(amountFromMicro(micro));
        const error = money * 10_000n - micro;
        expect(error <= 5_000n && error >= -5_000n).toBe(true);
        expect(amountToMoney(amountFromMicro(-micro))).toBe(-money);
      }),
    );
  });
});
