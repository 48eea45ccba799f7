import fc from 'fast-check';
import { amountToDecimal, billPeriodOf, instantFromMs, instantToMs, sumAmounts } from '@ronghe/kernel';
import { recompute } from './explanation';
import type { Holding } from './holding';
import { recurringCharges, type RecurringCharge } from './recurring-charges';
import { bundled, cycle, fee, local, lookupOf, partPeriodRules, plan, product } from '../test/sample-offers';

function charges(holdings: Holding[], key: string, offers = lookupOf()): RecurringCharge[] {
  return recurringCharges({ holdings, offers, period: billPeriodOf(key, cycle), cycle });
}

const launchDiscount = {
  code: 'launch',
  label: { en: 'Launch', 'zh-CN': '首发' },
  price: 'monthly-fee',
  percent: '20',
  periods: 6,
  startsAfterPeriods: 1,
  onlyOrderedAlone: true,
};

/** `list - discount = net` of the first charge, or nothing. */
function figures(holdings: Holding[], key: string, offers = lookupOf()): string {
  const [first] = charges(holdings, key, offers);
  if (!first) return 'nothing';
  const discount = sumAmounts(first.discounts.map(({ amount }) => amount));
  return [first.listAmount, discount, first.netAmount].map(amountToDecimal).join(' ');
}

describe('a fee for part of a period', () => {
  const from11th = { effectiveFrom: local('2026-06-11T15:00:00') };
  const to20th = { effectiveTo: local('2026-06-20T09:00:00') };

  it('is by days in the first period: the day of the start counts', () => {
    expect(figures([product(from11th)], '2026-06')).toBe('60.00 0.00 60.00');
    expect(figures([product(from11th)], '2026-07')).toBe('90.00 0.00 90.00');
    expect(figures([product(from11th)], '2026-05')).toBe('nothing');
  });

  it('is full in the last period, and then no more', () => {
    expect(figures([product({ effectiveTo: local('2026-07-16') })], '2026-07')).toBe('90.00 0.00 90.00');
    expect(figures([product({ effectiveTo: local('2026-07-16') })], '2026-08')).toBe('nothing');
    expect(figures([product({ effectiveTo: local('2026-08-01') })], '2026-08')).toBe('nothing');
  });

  it.each([
    ['prorate', 'prorate', '30.00'],
    ['prorate', 'full', '60.00'],
    ['full', 'prorate', '60.00'],
    ['full', 'full', '90.00'],
    ['none', 'full', 'nothing'],
    ['full', 'none', 'nothing'],
  ] as const)('that is first (%s) and last (%s) costs %s', (firstPeriod, lastPeriod, expected) => {
    const offers = lookupOf(plan({ recurringPrices: [fee({ firstPeriod, lastPeriod })] }));
    const result = figures([product({ ...from11th, ...to20th })], '2026-06', offers);
    expect(result.split(' ')[0]).toBe(expected);
  });

  it('may be by a fixed 30: a whole month is a whole fee, whatever its length', () => {
    const offers = lookupOf(plan({ recurringPrices: [fee({ prorateBy: 'fixed-30' })] }));
    expect(figures([product()], '2026-07', offers)).toBe('90.00 0.00 90.00');
    expect(figures([product({ effectiveFrom: local('2026-07-02') })], '2026-07', offers)).toBe(
      '90.00 0.00 90.00',
    );
    expect(figures([product({ effectiveFrom: local('2027-02-01') })], '2027-02', offers)).toBe(
      '90.00 0.00 90.00',
    );
    expect(figures([product({ effectiveFrom: local('2027-02-15') })], '2027-02', offers)).toBe(
      '42.00 0.00 42.00',
    );
  });
});

describe('the price of a bundle', () => {
  it('replaces the list price while it holds, shown as a discount', () => {
    expect(figures(bundled(), '2026-06')).toBe('90.00 30.00 60.00');
  });

  it('counts by days from when the last member is active', () => {
    const holdings = bundled({}, { effectiveFrom: local('2026-06-11') });
    // 10 days at 90.00, 20 days at 60.00.
    expect(figures(holdings, '2026-06')).toBe('90.00 20.00 70.00');
  });

  it('lasts to the end of the period in which a member is lost', () => {
    const holdings = bundled({}, { effectiveTo: local('2026-07-02') });
    expect(figures(holdings, '2026-07')).toBe('90.00 30.00 60.00');
    expect(figures(holdings, '2026-08')).toBe('90.00 0.00 90.00');
  });

  it('never came when the members never met', () => {
    const holdings = bundled({}, { effectiveFrom: local('2026-06-01'), effectiveTo: local('2026-06-01') });
    expect(figures(holdings, '2026-06')).toBe('90.00 0.00 90.00');
    expect(figures([bundled()[0]], '2026-06')).toBe('90.00 0.00 90.00');
  });
});

describe('a launch discount', () => {
  const offers = lookupOf(plan({ discounts: [launchDiscount] }));

  it('begins the month after the order and ends by itself after six', () => {
    const ordered = [product({ effectiveFrom: local('2026-06-30T23:59:59') })];
    const months = ['06', '07', '08', '09', '10', '11', '12'].map((month) =>
      figures(ordered, `2026-${month}`, offers),
    );
    expect(months).toEqual(['3.00 0.00 3.00', ...Array<string>(6).fill('90.00 18.00 72.00')]);
    expect(figures(ordered, '2027-01', offers)).toBe('90.00 0.00 90.00');
  });

  it('is never for a plan that was ordered in a bundle, also after the bundle has ended', () => {
    const holdings = bundled({}, { effectiveTo: local('2026-06-20') });
    expect(figures(holdings, '2026-07', offers)).toBe('90.00 0.00 90.00');
  });
});

it('keeps 0 ≤ discount ≤ list and explains every fee, whatever the dates', () => {
  const from = instantToMs(local('2026-05-20'));
  const to = instantToMs(local('2026-09-10'));
  const instant = fc.integer({ min: from, max: to }).map(instantFromMs);
  const span = fc.record({ effectiveFrom: instant, effectiveTo: fc.option(instant) });
  const rule = fc.constantFrom(...partPeriodRules);
  const rules = fc.record({
    firstPeriod: rule,
    lastPeriod: rule,
    prorateBy: fc.constantFrom('days-of-period' as const, 'fixed-30' as const),
  });
  fc.assert(
    fc.property(span, span, rules, fc.integer({ min: 1, max: 100 }), (main, line, feeRules, percent) => {
      const launch = {
        ...launchDiscount,
        percent: String(percent),
        startsAfterPeriods: 0,
        onlyOrderedAlone: false,
      };
      const offers = lookupOf(plan({ recurringPrices: [fee(feeRules)], discounts: [launch] }));
      for (const key of ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09']) {
        for (const charge of charges(bundled(main, line), key, offers)) {
          const discount = sumAmounts(charge.discounts.map(({ amount }) => amount));
          expect(discount >= 0n && discount <= charge.listAmount).toBe(true);
          expect(charge.listAmount <= 90_000_000n).toBe(true);
          expect(charge.netAmount).toBe(charge.listAmount - discount);
          expect(recompute(charge.netExplanation)).toBe(amountToDecimal(charge.netAmount));
          expect(recompute(charge.listExplanation)).toBe(amountToDecimal(charge.listAmount));
        }
      }
    }),
    { numRuns: 300 },
  );
});
