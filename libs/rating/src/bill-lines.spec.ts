import fc from 'fast-check';
import type { TaxPolicy, UsageTotal } from '@ronghe/contracts';
import {
  billPeriodOf,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToDecimal,
  parseLocalDate,
  sumMoney,
  zeroMoney,
} from '@ronghe/kernel';
import { formBillLines, type BillLine } from './bill-lines';
import { explanationText, recompute } from './explanation';
import type { Holding } from './holding';
import { quoteBasket } from './quote';
import { recurringCharges } from './recurring-charges';
import { bundled, cycle, dataPrice, line, local, lookupOf, plan, product } from '../test/sample-offers';
import { computeTaxes, taxPercentOf } from './taxes';

const period = billPeriodOf('2026-06', cycle);
const className = (code: string) => ({ code, name: { en: code, 'zh-CN': code } });
const chargeClasses = ['fee', 'voice', 'data'].map(className);

function total(overrides: Partial<UsageTotal> = {}): UsageTotal {
  return {
    accountId: 'account',
    productId: 'main',
    card: 'main',
    period: '2026-06',
    chargeCode: 'data-out',
    chargeClass: 'data',
    taxClass: 'service',
    offeringCode: 'plan',
    offeringVersion: 1,
    amount: '2.00',
    eventCount: 3,
    unit: 'kb',
    unitsTotal: '400',
    unitsFromAllowance: '300',
    unitsCharged: '100',
    ...overrides,
  };
}

function linesOf(usageTotals: UsageTotal[], holdings = [product()], offers = lookupOf()): BillLine[] {
  const recurring = recurringCharges({ holdings, offers, period, cycle });
  return formBillLines({ period, cycle, recurring, usageTotals, holdings, offers, chargeClasses });
}

const shown = (lines: BillLine[]) =>
  lines.map((one) =>
    [one.chargeClass, one.card, ...[one.amount, one.discount, one.net].map(moneyToDecimal)].join(' '),
  );

describe('bill lines', () => {
  it('are one per product, charge class and tax class, in the order of classes, then cards', () => {
    const voice = total({ chargeCode: 'voice-out', chargeClass: 'voice', amount: '0.50', unitsCharged: '2' });
    const totals = [total(), { ...voice, productId: 'line', card: 'line' }, voice];
    expect(shown(linesOf(totals, bundled()))).toEqual([
      'fee main 90.00 30.00 60.00',
      'fee line 31.00 0.00 31.00',
      'voice main 0.50 0.00 0.50',
      'voice line 0.50 0.00 0.50',
      'data main 2.00 0.00 2.00',
    ]);
    expect(linesOf(totals, bundled())).toEqual(linesOf([...totals].reverse(), bundled().reverse()));
  });

  it('round once, half away from zero, what is exact until then', () => {
    const parts = ['0.002', '0.003'].map((amount, index) => total({ amount, chargeCode: `part-${index}` }));
    expect(shown(linesOf(parts, []))).toEqual(['data main 0.01 0.00 0.01']);
    expect(linesOf(parts, [])[0]?.chargeCode).toBe('part-0+part-1');
  });

  it('of 0.00 are not formed', () => {
    expect(linesOf([total({ amount: '0.004' })], [])).toEqual([]);
    expect(linesOf([total({ amount: '0.00', unitsCharged: '0' })], [])).toEqual([]);
  });

  it('may be negative, where usage was corrected', () => {
    expect(shown(linesOf([total({ amount: '-0.005' })], []))).toEqual(['data main -0.01 0.00 -0.01']);
  });

  it('explain usage by its price where that reaches the amount', () => {
    const explanation = linesOf([total()], [])[0]?.explanation ?? { steps: [], result: '' };
    expect(explanation.steps.map(({ op }) => op)).toEqual(['subtract-units', 'repeating-step', 'round']);
    expect(explanationText(explanation, 'en')).toBe(
      '400 KB used, 300 KB from allowances: 100 KB out of bundle; Data: 0.02 per KB, at most 5.00 per 1000 KB = 2.00; rounded to 2.00',
    );
  });

  it.each([
    ['the units do not reach it', total({ amount: '2.50' }), lookupOf()],
    [
      'the price has a fee per event',
      total(),
      lookupOf(plan({ usagePrices: [dataPrice({ connectFee: '0.10' })] })),
    ],
    ['the offer is not known', total({ offeringCode: 'gone' }), lookupOf()],
    ['the price is not known', total({ chargeCode: 'gone' }), lookupOf()],
  ])('explain usage as the sum of its records where %s', (_, usageTotal, offers) => {
    const explanation = linesOf([usageTotal], [], offers)[0]?.explanation ?? { steps: [], result: '' };
    expect(explanation.steps.map(({ op }) => op)).toEqual(['given', 'round']);
    expect(recompute(explanation)).toBe(explanation.result);
  });

  it('keep 0 ≤ discount ≤ amount and an explanation that reaches the net', () => {
    const day = fc.integer({ min: 1, max: 30 }).map((of) => local(`2026-06-${String(of).padStart(2, '0')}`));
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 9_999_999 }), (main, second, micro) => {
        const amount = `0.${String(micro).padStart(7, '0').slice(0, 6)}`;
        for (const one of linesOf(
          [total({ amount })],
          bundled({ effectiveFrom: main }, { effectiveFrom: second }),
        )) {
          expect(one.discount >= 0n && one.discount <= one.amount).toBe(true);
          expect(one.net).toBe(one.amount - one.discount);
          expect(recompute(one.explanation)).toBe(moneyToDecimal(one.net));
        }
      }),
    );
  });
});

describe('tax', () => {
  const policy = (version: number, from: string, to: string | null, percent: string): TaxPolicy => ({
    kind: 'tax',
    code: 'tax',
    version,
    effectiveFrom: parseLocalDate(from),
    effectiveTo: to === null ? null : parseLocalDate(to),
    pricesIncludeTax: true,
    classes: [
      {
        code: 'service',
        name: { en: 's', 'zh-CN': 's' },
        rates: [{ from: parseLocalDate('2020-01-01'), to: null, percent }],
      },
      {
        code: 'content',
        name: { en: 'c', 'zh-CN': 'c' },
        rates: [{ from: parseLocalDate('2026-01-01'), to: null, percent: '3' }],
      },
    ],
  });
  const policies = [policy(1, '2020-01-01', '2026-05-01', '4'), policy(2, '2026-05-01', null, '8')];
  const day = (text: string) => parseLocalDate(text);

  it('is looked up by the date of service', () => {
    expect(taxPercentOf('service', day('2026-04-30'), policies)).toBe('4');
    expect(taxPercentOf('service', day('2026-05-01'), policies)).toBe('8');
    expect(() => taxPercentOf('content', day('2025-12-31'), policies)).toThrow(
      expect.objectContaining({ code: 'tax_rate_missing' }),
    );
    expect(() => taxPercentOf('post', day('2026-05-01'), policies)).toThrow(
      expect.objectContaining({ code: 'tax_rate_missing' }),
    );
  });

  it('is worked out per rate over the bill, the highest first, not per line', () => {
    const lines = ['0.06', '0.06', '0.06', '1.03'].map((net, index) => ({
      net: moneyFromDecimal(net),
      taxClass: index < 3 ? 'service' : 'content',
      serviceDate: day('2026-06-01'),
    }));
    const { taxes, lineTaxes } = computeTaxes(lines, policies);
    // 0.18 × 8 ÷ 108 = 0.0133: one fen; per line 0.0044 would be none.
    expect(
      taxes.map(({ percent, gross, tax }) => [percent, moneyToDecimal(gross), moneyToDecimal(tax)]),
    ).toEqual([
      ['8', '0.18', '0.01'],
      ['3', '1.03', '0.03'],
    ]);
    expect(lineTaxes.map(({ tax }) => moneyToDecimal(tax))).toEqual(['0.01', '0.00', '0.00', '0.03']);
  });

  it('of the lines adds up to the tax of the bill, credits included', () => {
    const net = fc.integer({ min: -20_000, max: 100_000 }).map((fen) => moneyFromMinor(BigInt(fen)));
    const someLine = fc.record({
      net,
      taxClass: fc.constantFrom('service', 'content'),
      serviceDate: fc.constantFrom(day('2026-04-01'), day('2026-06-01')),
    });
    fc.assert(
      fc.property(fc.array(someLine, { maxLength: 20 }), (lines) => {
        const { taxes, lineTaxes } = computeTaxes(lines, policies);
        for (const { percent, tax, gross } of taxes) {
          const ofRate = lineTaxes.map((one, index) => ({ ...one, net: lines[index]?.net ?? zeroMoney }));
          const same = ofRate.filter((one) => one.percent === percent);
          expect(sumMoney(same.map((one) => one.tax))).toBe(tax);
          expect(sumMoney(same.map((one) => one.net))).toBe(gross);
        }
        expect(sumMoney(taxes.map(({ gross }) => gross))).toBe(sumMoney(lines.map((one) => one.net)));
      }),
    );
  });
});

describe('a quote', () => {
  const items = [
    { offeringCode: 'plan', offeringVersion: 1, role: 'main', card: 'main' },
    { offeringCode: line.code, offeringVersion: 1, role: 'fixed', card: 'line' },
  ] as const;
  const startsAt = local('2026-06-11T10:00:00');
  const ask = (inBundle: boolean) =>
    quoteBasket({
      basket: { items, bundle: inBundle ? { offeringCode: 'bundle', offeringVersion: 1 } : null, startsAt },
      offers: lookupOf(),
      cycle,
      chargeClasses,
    });

  it('shows the first period by days and the month after it, as the bills will', () => {
    const { firstPeriod, monthly } = ask(true);
    expect(firstPeriod.period.key).toBe('2026-06');
    expect(shown(firstPeriod.lines)).toEqual(['fee main 60.00 20.00 40.00', 'fee line 20.67 0.00 20.67']);
    expect(monthly.period.key).toBe('2026-07');
    expect([monthly.listTotal, monthly.discountTotal, monthly.total].map(moneyToDecimal)).toEqual([
      '121.00',
      '30.00',
      '91.00',
    ]);
  });

  it('shows what another product of the basket, or one that is owned, changes of a price', () => {
    const change = {
      code: 'cheaper',
      label: { en: 'Cheaper', 'zh-CN': '优惠' },
      of: { offering: 'plan' },
      within: 'account' as const,
      price: null,
      to: { percentLess: '10' },
      priority: 1,
    };
    const offers = lookupOf({ ...line, priceChanges: [change] });
    const quote = (sold: readonly (typeof items)[number][], owned: Holding[]) =>
      quoteBasket({ basket: { items: sold, bundle: null, startsAt }, owned, offers, cycle, chargeClasses });
    const together = quote(items, []);
    expect(shown(together.firstPeriod.lines)).toEqual([
      'fee main 60.00 6.00 54.00',
      'fee line 20.67 0.00 20.67',
    ]);
    expect(moneyToDecimal(together.monthly.total)).toBe('112.00');
    const owned = product({ productId: 'owned', card: 'line', offeringCode: 'line', role: 'fixed' });
    expect(shown(quote([items[0]], [owned]).monthly.lines)).toEqual(['fee main 90.00 9.00 81.00']);
  });

  it('gives no bundle price to products sold on their own', () => {
    expect(moneyToDecimal(ask(false).monthly.total)).toBe('121.00');
  });
});
