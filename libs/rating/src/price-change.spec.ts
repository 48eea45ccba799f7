import fc from 'fast-check';
import type { PriceChange } from '@ronghe/contracts';
import { amountToDecimal, billPeriodOf, instantFromMs, instantToMs, sumAmounts } from '@ronghe/kernel';
import { explanationText, recompute } from './explanation';
import type { Holding } from './holding';
import { recurringCharges, type RecurringCharge } from './recurring-charges';
import {
  bundled,
  cycle,
  fee,
  line,
  local,
  lookupOf,
  partPeriodRules,
  plan,
  product,
} from '../test/sample-offers';

const name = (text: string) => ({ en: text, 'zh-CN': text });

function change(overrides: Partial<PriceChange> = {}): PriceChange {
  return {
    code: 'cheaper',
    label: name('Cheaper'),
    of: { offering: 'plan' },
    within: 'account',
    price: 'monthly-fee',
    to: { percentLess: '10' },
    priority: 10,
    ...overrides,
  };
}

const other = (overrides: Partial<Holding> = {}) =>
  product({ productId: 'line', card: 'line', role: 'fixed', offeringCode: 'line', ...overrides });

function charges(holdings: Holding[], changes: PriceChange[], group: Holding[] = []): RecurringCharge[] {
  const offers = lookupOf({ ...line, priceChanges: changes });
  const period = billPeriodOf('2026-06', cycle);
  return recurringCharges({ holdings, groupHoldings: group, offers, period, cycle });
}

/** `list net` of the plan's fee. */
function figures(holdings: Holding[], changes: PriceChange[], group: Holding[] = []): string {
  const found = charges(holdings, changes, group).find(({ productId }) => productId === 'main');
  return found ? [found.listAmount, found.netAmount].map(amountToDecimal).join(' ') : 'nothing';
}

describe('a price changed by another product', () => {
  it('is so many percent less while both are held', () => {
    expect(figures([product(), other()], [change()])).toBe('90.00 81.00');
    expect(figures([product()], [change()])).toBe('90.00 90.00');
  });

  it('changes by days where the other is held for a part of the period', () => {
    // 10 days at 90.00 = 30.00; 20 days at 90.00 less 10 % = 60.00 − 6.00.
    const [first] = charges([product(), other({ effectiveFrom: local('2026-06-11') })], [change()]);
    expect(first && [first.listAmount, first.netAmount].map(amountToDecimal)).toEqual(['90.00', '84.00']);
    expect(first?.discounts).toEqual([{ code: 'cheaper', label: name('Cheaper'), amount: 6_000_000n }]);
    expect(first && explanationText(first.netExplanation, 'en')).toBe(
      'Fee: 90.00 × 10 of 30 days = 30.00; Fee: 90.00 × 20 of 30 days = 60.00; Cheaper: 10 % = 6.00; leaves 54.00; together 84.00',
    );
  });

  it('may be another price, but never a higher one', () => {
    expect(figures([product(), other()], [change({ to: { amount: '70.00' } })])).toBe('90.00 70.00');
    expect(figures([product(), other()], [change({ to: { amount: '95.00' } })])).toBe('90.00 90.00');
  });

  it('is changed by priority, each from what the one before left', () => {
    const amount = change({ code: 'a', to: { amount: '70.00' }, priority: 1 });
    const percent = change({ code: 'b', priority: 2 });
    expect(figures([product(), other()], [percent, amount])).toBe('90.00 63.00');
    // The other way round 90.00 less 10 % is 81.00, and then 70.00 holds instead.
    expect(figures([product(), other()], [{ ...percent, priority: 0 }, amount])).toBe('90.00 70.00');
  });

  it('counts once, however many products bring it', () => {
    const second = other({ productId: 'line-2', card: 'line-2', effectiveFrom: local('2026-06-16') });
    const first = other({ effectiveTo: local('2026-06-11') });
    // Held on the 1st to the 10th and from the 16th: 25 days of 3.00 less 10 %.
    expect(figures([product(), first, second], [change()])).toBe('90.00 82.50');
    expect(figures([product(), other(), { ...second, effectiveFrom: first.effectiveFrom }], [change()])).toBe(
      '90.00 81.00',
    );
  });

  it('comes after the price of a bundle', () => {
    expect(figures(bundled(), [change()])).toBe('90.00 54.00');
  });

  it('names an offering or a specification, a price or every recurring one', () => {
    const both = [product(), other()];
    expect(figures(both, [change({ of: { specification: 'mobile-main' }, price: null })])).toBe(
      '90.00 81.00',
    );
    expect(figures(both, [change({ of: { specification: 'iptv' } })])).toBe('90.00 90.00');
    expect(figures(both, [change({ price: 'rent' })])).toBe('90.00 90.00');
  });

  it('is brought by another account of the balance group only where it says so', () => {
    const elsewhere = [other({ accountId: 'other' })];
    expect(figures([product()], [change()], elsewhere)).toBe('90.00 90.00');
    expect(figures([product()], [change({ within: 'balance-group' })], elsewhere)).toBe('90.00 81.00');
  });

  it('is no change of its own', () => {
    const own = lookupOf(plan({ priceChanges: [change()] }));
    const period = billPeriodOf('2026-06', cycle);
    const ask = (holdings: Holding[]) =>
      recurringCharges({ holdings, offers: own, period, cycle }).map(({ netAmount }) =>
        amountToDecimal(netAmount),
      );
    expect(ask([product()])).toEqual(['90.00']);
    // Two of a kind make each other cheaper.
    expect(ask([product(), product({ productId: 'second', card: 'second' })])).toEqual(['81.00', '81.00']);
  });
});

it('keeps 0 ≤ discount ≤ list and explains every fee, whatever changes when', () => {
  const from = instantToMs(local('2026-05-25'));
  const to = instantToMs(local('2026-07-05'));
  const instant = fc.integer({ min: from, max: to }).map(instantFromMs);
  const span = fc.record({ effectiveFrom: instant, effectiveTo: fc.option(instant) });
  const someChange = fc.record({
    code: fc.constantFrom('a', 'b', 'c'),
    priority: fc.integer({ min: 0, max: 3 }),
    to: fc.oneof(
      fc.integer({ min: 0, max: 100 }).map((percent) => ({ percentLess: String(percent) })),
      fc.integer({ min: 0, max: 120 }).map((yuan) => ({ amount: `${yuan}.00` })),
    ),
  });
  const rule = fc.constantFrom(...partPeriodRules);
  const rules = fc.record({
    amount: fc.constantFrom('90.00', '0.01', '77.77'),
    firstPeriod: rule,
    lastPeriod: rule,
    prorateBy: fc.constantFrom('days-of-period' as const, 'fixed-30' as const),
  });
  const months = fc.constantFrom('2026-05', '2026-06', '2026-07');
  fc.assert(
    fc.property(
      fc.tuple(span, span, span, span),
      fc.array(someChange, { maxLength: 4 }),
      rules,
      months,
      fc.boolean(),
      ([main, lineSpan, second, third], changes, feeRules, key, isBundled) => {
        const all = changes.map((each) => change(each));
        const offers = lookupOf(
          plan({ recurringPrices: [fee(isBundled ? { ...feeRules, amount: '90.00' } : feeRules)] }),
          { ...line, priceChanges: all.slice(0, 2) },
          plan({ code: 'extra', recurringPrices: [], priceChanges: all.slice(2) }),
        );
        const holdings = [
          ...(isBundled ? bundled(main, lineSpan) : [product(main), other(lineSpan)]),
          other({ ...second, productId: 'line-2', card: 'line-2' }),
          product({ ...third, productId: 'extra', card: 'extra', offeringCode: 'extra' }),
        ];
        const period = billPeriodOf(key, cycle);
        const found = recurringCharges({ holdings, offers, period, cycle });
        expect(recurringCharges({ holdings: [...holdings].reverse(), offers, period, cycle })).toEqual(found);
        for (const charge of found) {
          const discount = sumAmounts(charge.discounts.map(({ amount }) => amount));
          expect(charge.netAmount).toBe(charge.listAmount - discount);
          expect(recompute(charge.netExplanation)).toBe(amountToDecimal(charge.netAmount));
          expect(charge.netAmount >= 0n).toBe(true);
          expect(charge.discounts.every(({ amount }) => amount >= 0n)).toBe(true);
        }
      },
    ),
    { numRuns: 400 },
  );
});
