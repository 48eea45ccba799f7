import type { TaxPolicy } from '@ronghe/contracts';
import {
  billPeriodOf,
  moneyFromDecimal,
  moneyToAmount,
  moneyToDecimal,
  parseLocalDate,
  sumMoney,
  zeroMoney,
  type Amount,
} from '@ronghe/kernel';
import fc from 'fast-check';
import { billingPolicy, cycle, policies, taxPolicy } from '../../test/documents';
import type { BilledCharge } from '../bill/charge-line';
import { draftBill, type DraftQuestion } from '../bill/draft-bill';
import type { OneTimeCharge } from '../bill/one-time-charge';
import { lookupIn } from '../bill/offer-lookup';

const [old, now] = [parseLocalDate('2019-04-01'), parseLocalDate('2026-01-01')];

/** Data as Announcement 9 of 2026 has it, voice at one rate. */
const rates: TaxPolicy = {
  ...{ ...taxPolicy, effectiveFrom: old },
  classes: [
    {
      ...{ code: 'data', name: { en: 'Data', 'zh-CN': '流量' } },
      rates: [
        { from: old, to: now, percent: '6' },
        { from: now, to: null, percent: '9' },
      ],
    },
    { code: 'voice', name: { en: 'Voice', 'zh-CN': '语音' }, rates: [{ from: old, to: null, percent: '9' }] },
  ],
};
const dated = [
  rates,
  { ...billingPolicy, effectiveFrom: old },
  ...policies.filter(({ kind }) => kind !== 'tax' && kind !== 'billing'),
];

function charge(serviceDate: string, amount: string, taxClass = 'data'): OneTimeCharge {
  return {
    ...{ chargeId: `${serviceDate}/${amount}`, accountId: 'a', lane: 1, chargeClass: 'once', label: 'Data' },
    ...{ amount: moneyFromDecimal(amount), taxClass, serviceDate: parseLocalDate(serviceDate) },
  };
}

function bill(period: string, change: Partial<DraftQuestion>) {
  const draft = draftBill({
    ...{ accountId: 'a', paymentMode: 'postpaid', cycle, period: billPeriodOf(period, cycle), reopened: [] },
    ...{ holdings: [], offers: lookupIn([]), hasAdvanceFees: false, policies: dated, usageTotals: new Map() },
    ...{ billed: [], oneTimeCharges: [], ...change },
  });
  const taxes = draft?.taxes.map(({ percent, gross, tax }) => [
    percent,
    moneyToDecimal(gross),
    moneyToDecimal(tax),
  ]);
  return { draft, taxes };
}

describe('the change of 2026-01-01 from 6 % to 9 %', () => {
  it.each([
    ['2025-12', '2025-12-31', '6', '6.00'],
    ['2026-01', '2026-01-01', '9', '8.75'],
    // Billed in January, used in December.
    ['2026-01', '2025-12-31', '6', '6.00'],
  ])('taxes 106.00 on the bill of %s for a service of %s at %s %%', (period, serviceDate, percent, tax) => {
    const { taxes } = bill(period, { oneTimeCharges: [charge(serviceDate, '106.00')] });
    expect(taxes).toEqual([[percent, '106.00', tax]]);
  });

  it('shows both rates on one bill, the higher first', () => {
    const oneTimeCharges = [charge('2025-12-31', '106.00'), charge('2026-01-01', '109.00')];
    const { draft, taxes } = bill('2026-01', { oneTimeCharges });
    expect(taxes).toEqual([
      ['9', '109.00', '9.00'],
      ['6', '106.00', '6.00'],
    ]);
    expect(moneyToDecimal(draft?.total ?? zeroMoney)).toBe('215.00');
  });

  it('takes a charge of December back at the rate of December', () => {
    const net = moneyFromDecimal('106.00');
    const billed: BilledCharge = {
      ...{ servicePeriod: '2025-12', key: 'p/data/data', card: 'main', productId: 'p', chargeClass: 'data' },
      ...{
        chargeCode: 'data',
        label: { en: 'Data', 'zh-CN': '流量' },
        amount: net,
        discount: zeroMoney,
        net,
      },
      ...{ discounts: [], exact: moneyToAmount(net), exactUsage: 0n as Amount, exactSettled: 0n as Amount },
      taxClass: 'data',
      serviceDate: parseLocalDate('2025-12-31'),
    };
    const { taxes } = bill('2026-02', { reopened: ['2025-12'], billed: [billed] });
    expect(taxes).toEqual([['6', '-106.00', '-6.00']]);
  });
});

describe('an account that is free of tax', () => {
  const exemptions = [{ from: parseLocalDate('2026-03-10'), to: parseLocalDate('2026-03-20') }];

  it('pays none for services on the days of its certificate, and the same price', () => {
    const oneTimeCharges = ['2026-03-09', '2026-03-10', '2026-03-19', '2026-03-20'].map((day) =>
      charge(day, '109.00'),
    );
    const { draft, taxes } = bill('2026-03', { oneTimeCharges, exemptions });
    expect(draft?.lines.map(({ taxPercent }) => taxPercent)).toEqual(['9', '0', '0', '9']);
    expect(taxes).toEqual([
      ['9', '218.00', '18.00'],
      ['0', '218.00', '0.00'],
    ]);
  });
});

it('shows taxes of lines that add up to those of the bill, whatever the amounts, days and classes', () => {
  const any = fc.record({
    fen: fc.integer({ min: 1, max: 1_000_000 }),
    day: fc.constantFrom('2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02'),
    taxClass: fc.constantFrom('data', 'voice'),
  });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 30 }), (wanted) => {
      const oneTimeCharges = wanted.map(({ fen, day, taxClass }, index) => ({
        ...charge(day, '1.00', taxClass),
        ...{
          chargeId: String(index),
          amount: moneyFromDecimal(`${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`),
        },
      }));
      const { draft } = bill('2026-01', { oneTimeCharges });
      const [lines, taxes] = [draft?.lines ?? [], draft?.taxes ?? []];
      expect(sumMoney(lines.map(({ tax }) => tax))).toBe(sumMoney(taxes.map(({ tax }) => tax)));
      expect(sumMoney(taxes.map(({ gross }) => gross))).toBe(draft?.total);
      for (const { percent, gross, tax } of taxes) {
        expect(sumMoney(lines.filter((line) => line.taxPercent === percent).map((line) => line.tax))).toBe(
          tax,
        );
        expect(tax >= zeroMoney && tax < gross).toBe(true);
      }
    }),
  );
});
