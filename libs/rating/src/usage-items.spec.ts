import fc from 'fast-check';
import type { PriceChange, UsagePrice, UsageTotal } from '@ronghe/contracts';
import { billPeriodOf, moneyToDecimal, parseLocalDate } from '@ronghe/kernel';
import { formBillLines, type BillLine } from './bill-lines';
import { explanationText, recompute } from './explanation';
import type { Holding, OfferLookup } from './holding';
import {
  cycle,
  dataPrice,
  line,
  local,
  lookupOf,
  plan,
  product,
  subCard,
  voicePrice,
} from '../test/sample-offers';

const name = (text: string) => ({ en: text, 'zh-CN': text });
const period = billPeriodOf('2026-06', cycle);

function total(overrides: Partial<UsageTotal> = {}): UsageTotal {
  return {
    accountId: 'account',
    productId: 'main',
    card: 'main',
    period: '2026-06',
    chargeCode: 'voice-out',
    chargeClass: 'voice',
    taxClass: 'service',
    offeringCode: 'plan',
    offeringVersion: 1,
    amount: '10.00',
    eventCount: 3,
    unit: 'minute',
    unitsTotal: '40',
    unitsFromAllowance: '0',
    unitsCharged: '40',
    ...overrides,
  };
}

function linesOf(
  usageTotals: UsageTotal[] | null,
  holdings: Holding[],
  offers: OfferLookup,
  groupHoldings: Holding[] = [],
): BillLine[] {
  const question = { period, cycle, recurring: [], holdings, groupHoldings, offers, chargeClasses: [] };
  return formBillLines({ ...question, usageTotals });
}

const shown = (lines: BillLine[]) =>
  lines.map((one) =>
    [one.chargeClass, one.card, ...[one.amount, one.discount, one.net].map(moneyToDecimal)].join(' '),
  );
const textOf = (lines: BillLine[]) =>
  lines.map(({ explanation }) => explanationText(explanation, 'en')).join(' | ');

const change: PriceChange = {
  code: 'cheaper-calls',
  label: name('Cheaper calls'),
  of: { offering: 'plan' },
  within: 'account',
  price: 'voice-out',
  to: { percentLess: '20' },
  priority: 1,
};

const other = (overrides: Partial<Holding> = {}) =>
  product({ productId: 'line', card: 'line', role: 'fixed', offeringCode: 'line', ...overrides });

describe('usage of a product that another one makes cheaper', () => {
  const offers = (...changes: PriceChange[]) => lookupOf({ ...line, priceChanges: changes });

  it('costs so many percent less of the period’s total, before it is rounded', () => {
    const lines = linesOf([total()], [product(), other()], offers(change));
    expect(shown(lines)).toEqual(['voice main 10.00 2.00 8.00']);
    expect(textOf(lines)).toContain(
      'Cheaper calls: 20 % = 2.00; leaves 8.00; rounded to 8.00; discount 2.00; to pay 8.00',
    );
    // What charging told is kept beside it: 10.00, of which 8.00 are billed.
    expect([lines[0]?.exactUsage, lines[0]?.exact]).toEqual([10_000_000n, 8_000_000n]);
    // 0.03 less 20 % is 0.024: rounded once, 0.02.
    const small = total({ amount: '0.03', unitsCharged: '1' });
    expect(shown(linesOf([small], [product(), other()], offers(change)))).toEqual([
      'voice main 0.03 0.01 0.02',
    ]);
  });

  it('is changed by the share of days on which both are held', () => {
    // Held from the 16th: 15 of 30 days, 10.00 × 20 % × 15 ÷ 30 = 1.00.
    const lines = linesOf(
      [total()],
      [product(), other({ effectiveFrom: local('2026-06-16') })],
      offers(change),
    );
    expect(shown(lines)).toEqual(['voice main 10.00 1.00 9.00']);
    expect(textOf(lines)).toContain('on 15 of 30 days: 1.00; leaves 9.00');
    // The plan itself is held from the 11th to the 20th: 5 of its 10 days are shared.
    const plan10 = product({ effectiveFrom: local('2026-06-11'), effectiveTo: local('2026-06-21') });
    const late = linesOf([total()], [plan10, other({ effectiveFrom: local('2026-06-16') })], offers(change));
    expect(shown(late)).toEqual(['voice main 10.00 1.00 9.00']);
  });

  it('is not changed by another price, nor by what changes every fee, nor from another account unless it says so', () => {
    const both = [product(), other()];
    expect(shown(linesOf([total()], both, offers({ ...change, price: 'data-out' })))).toEqual([
      'voice main 10.00 0.00 10.00',
    ]);
    expect(shown(linesOf([total()], both, offers({ ...change, price: null })))).toEqual([
      'voice main 10.00 0.00 10.00',
    ]);
    const elsewhere = [other({ accountId: 'other' })];
    expect(shown(linesOf([total()], [product()], offers(change), elsewhere))).toEqual([
      'voice main 10.00 0.00 10.00',
    ]);
    const within = offers({ ...change, within: 'balance-group' });
    expect(shown(linesOf([total()], [product()], within, elsewhere))).toEqual(['voice main 10.00 2.00 8.00']);
  });
});

describe('a minimum spend', () => {
  const withMinimum = (...prices: UsagePrice[]) => lookupOf(plan({ usagePrices: prices }));
  const minimum = voicePrice({ minimumSpend: '30.00' });

  it('is charged where nothing was used, by the days on which the product is held', () => {
    const lines = linesOf([], [product()], withMinimum(minimum));
    expect(shown(lines)).toEqual(['voice main 30.00 0.00 30.00']);
    expect(lines[0]?.sources).toEqual([
      {
        ...{
          kind: 'minimum',
          productId: 'main',
          code: 'voice-out',
          offeringCode: 'plan',
          offeringVersion: 1,
        },
        amount: 30_000_000n,
      },
    ]);
    const part = linesOf([], [product({ effectiveFrom: local('2026-06-21') })], withMinimum(minimum));
    expect(shown(part)).toEqual(['voice main 10.00 0.00 10.00']);
    expect(textOf(part)).toBe('Voice, minimum: 30.00 × 10 of 30 days = 10.00; rounded to 10.00');
  });

  it('is met by what was charged, and only the rest is missing', () => {
    expect(shown(linesOf([total({ amount: '30.00' })], [product()], withMinimum(minimum)))).toEqual([
      'voice main 30.00 0.00 30.00',
    ]);
    const lines = linesOf([total()], [product()], withMinimum(minimum));
    expect(shown(lines)).toEqual(['voice main 30.00 0.00 30.00']);
    expect(textOf(lines)).toContain('10.00 was charged: 20.00 is missing; together 30.00');
    expect([lines[0]?.exactUsage, lines[0]?.exact]).toEqual([10_000_000n, 30_000_000n]);
  });

  it('is owed by each counter: every card’s own, or the group’s on its main card', () => {
    const sub = product({ productId: 'sub', card: 'sub', role: 'sub', offeringCode: subCard.code });
    const perProduct = linesOf([], [product(), sub], withMinimum(minimum));
    expect(shown(perProduct)).toEqual(['voice main 30.00 0.00 30.00', 'voice sub 30.00 0.00 30.00']);
    const group = withMinimum(dataPrice({ minimumSpend: '30.00' }));
    expect(shown(linesOf([], [product(), sub], group))).toEqual(['data main 30.00 0.00 30.00']);
  });

  it('counts the days on which the price is in force', () => {
    const ends = {
      ...minimum,
      inForce: { from: parseLocalDate('2026-01-01'), to: parseLocalDate('2026-06-11') },
    };
    const follows = {
      ...minimum,
      minimumSpend: '60.00',
      inForce: { from: parseLocalDate('2026-06-11'), to: null },
    };
    // 10 days of 30.00 and 20 days of 60.00.
    expect(shown(linesOf([], [product()], withMinimum(ends, follows)))).toEqual([
      'voice main 50.00 0.00 50.00',
    ]);
  });

  it('and what others change are no matter of usage that was paid as it came', () => {
    const offers = lookupOf(plan({ usagePrices: [minimum] }), { ...line, priceChanges: [change] });
    const question = {
      period,
      cycle,
      recurring: [],
      holdings: [product(), other()],
      offers,
      chargeClasses: [],
    };
    expect(shown(formBillLines({ ...question, usageTotals: [total()], isUsagePaid: true }))).toEqual([
      'voice main 10.00 0.00 10.00',
    ]);
    expect(shown(formBillLines({ ...question, usageTotals: [total()] }))).toEqual([
      'voice main 32.00 2.00 30.00',
    ]);
  });

  it('waits until usage is billed, and ends with the product', () => {
    expect(linesOf(null, [product()], withMinimum(minimum))).toEqual([]);
    expect(linesOf([], [product({ effectiveTo: local('2026-06-01') })], withMinimum(minimum))).toEqual([]);
  });

  it('makes the line at least the minimum by days, and explains it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 60_000_000 }), (day, micro) => {
        const amount = `${Math.floor(micro / 1_000_000)}.${String(micro % 1_000_000).padStart(6, '0')}`;
        const from = local(`2026-06-${String(day).padStart(2, '0')}`);
        const [one] = linesOf([total({ amount })], [product({ effectiveFrom: from })], withMinimum(minimum));
        const owed = BigInt(31 - day) * 100n;
        expect(one && one.net >= owed).toBe(true);
        expect(one && recompute(one.explanation)).toBe(one && moneyToDecimal(one.net));
      }),
    );
  });
});
