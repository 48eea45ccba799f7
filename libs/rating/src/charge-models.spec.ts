import fc from 'fast-check';
import {
  addRatios,
  compareRatios,
  ratioFromDecimal,
  ratioOf,
  subtractRatios,
  zeroRatio,
} from '@ronghe/kernel';
import {
  chargePercentage,
  chargePeriod,
  compileChargeModel,
  noLimits,
  totalOf,
  type ChargeModel,
  type PercentageModel,
} from './index';

const tier = (upTo: string | null, unitPrice: string, flatPrice = '0') => ({
  upTo,
  unitPrice,
  flatPrice,
  capPrice: null,
});
const tiers = [tier('5', '2', '1'), tier('10', '1.5'), tier(null, '0.25', '3')];
const percentage: PercentageModel = {
  kind: 'percentage',
  ratePercent: '5',
  fixedPerTransaction: '1',
  freeTransactions: null,
  freeAmount: null,
  minPerTransaction: null,
  maxPerTransaction: null,
};
const decimal = ratioFromDecimal;
const price = (model: ChargeModel, quantity: string) =>
  totalOf(
    compileChargeModel(model).parts({ quantity: decimal(quantity), preratedAmount: decimal(quantity) }),
  );

it.each<[ChargeModel, string, string]>([
  [{ kind: 'flat', amount: '7.50' }, '0', '7.50'],
  [{ kind: 'unit', unitPrice: '0.3' }, '0.1', '0.03'],
  [{ kind: 'package', size: '10', price: '4', freeUnits: '5', rounding: 'up' }, '16', '8'],
  [{ kind: 'package', size: '10', price: '4', freeUnits: '5', rounding: 'down' }, '16', '4'],
  [{ kind: 'package', size: '10', price: '4', freeUnits: '5', rounding: 'up' }, '3', '0'],
  [{ kind: 'graduated', tiers }, '0', '1'],
  [{ kind: 'graduated', tiers }, '5', '11'],
  [{ kind: 'graduated', tiers }, '14', '22.5'],
  [{ kind: 'volume', tiers }, '5', '11'],
  [{ kind: 'volume', tiers }, '14', '6.5'],
  [
    {
      kind: 'graduated-percentage',
      tiers: [
        { upTo: '100', ratePercent: '10', flatPrice: '1' },
        { upTo: null, ratePercent: '1', flatPrice: '0' },
      ],
    },
    '150',
    '11.5',
  ],
  [{ kind: 'dynamic', multiplier: '1.25' }, '8', '10'],
])('%j of %s costs %s', (model, quantity, expected) => {
  expect(price(model, quantity)).toEqual(decimal(expected));
});

it('refuses tiers that do not rise', () => {
  const falling = { kind: 'graduated' as const, tiers: [tier('5', '1'), tier('4', '1')] };
  expect(() => compileChargeModel(falling)).toThrow('tiers must rise');
  const early = { kind: 'volume' as const, tiers: [tier(null, '1'), tier('4', '1')] };
  expect(() => compileChargeModel(early)).toThrow('only the last may be open');
});

describe('percentage', () => {
  const charged = (more: Partial<PercentageModel>, ...amounts: string[]) =>
    chargePercentage({ ...percentage, ...more }, amounts.map(decimal)).paid.map((paid) => paid.price);

  it('adds the fixed part to each paid transaction', () => {
    expect(charged({}, '100', '20')).toEqual(['6', '2'].map(decimal));
  });

  it('ends what is free by count or by amount, whichever comes first', () => {
    expect(charged({ freeTransactions: 1, freeAmount: '500' }, '100', '20')).toEqual([decimal('2')]);
    expect(charged({ freeTransactions: 5, freeAmount: '110' }, '100', '20', '0')).toEqual([
      decimal('1.5'),
      decimal('1'),
    ]);
  });

  it('keeps each transaction within its bounds', () => {
    expect(charged({ minPerTransaction: '3', maxPerTransaction: '5' }, '1', '60', '1000')).toEqual(
      ['3', '4', '5'].map(decimal),
    );
  });
});

describe('a period in several runs', () => {
  const quantities = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 });
  const limits = { discountPercent: '10', maximumSpend: '20', minimumSpend: '9' };

  it('adds up to the period in one run, between minimum and maximum', () => {
    fc.assert(
      fc.property(quantities, (runs) => {
        let [used, billed] = [zeroRatio, zeroRatio];
        runs.forEach((units, index) => {
          const all = addRatios(used, ratioOf(BigInt(units)));
          const run = chargePeriod({ kind: 'graduated', tiers }, limits, {
            usage: { quantity: all },
            ratedBefore: index === 0 ? null : { quantity: used },
            billedBefore: billed,
            isLast: index === runs.length - 1,
          });
          used = all;
          billed = addRatios(billed, run.amount);
        });
        const whole = chargePeriod({ kind: 'graduated', tiers }, limits, {
          usage: { quantity: used },
          ratedBefore: null,
          billedBefore: zeroRatio,
          isLast: true,
        });
        expect(billed).toEqual(whole.amount);
        expect(compareRatios(billed, decimal('20'))).not.toBe(1);
        expect(compareRatios(billed, decimal('9'))).not.toBe(-1);
        expect(subtractRatios(whole.amount, whole.minimumSpendTopUp)).toEqual(
          subtractRatios(subtractRatios(whole.gross, whole.percentageDiscount), whole.maximumSpendDiscount),
        );
      }),
    );
  });

  it('has no limits unless it is given some', () => {
    const run = chargePeriod({ kind: 'unit', unitPrice: '2' }, noLimits, {
      usage: { quantity: decimal('3') },
      ratedBefore: null,
      billedBefore: zeroRatio,
      isLast: true,
    });
    expect(run).toMatchObject({ amount: decimal('6'), maximumSpendDiscount: zeroRatio });
  });
});
