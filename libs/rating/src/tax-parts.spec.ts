import fc from 'fast-check';
import type { TaxPart, TaxPolicy } from '@ronghe/contracts';
import {
  amountFromMicro,
  amountToDecimal,
  amountToMoney,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToDecimal,
  parseLocalDate,
  sumAmounts,
  sumMoney,
  zeroAmount,
  type Amount,
} from '@ronghe/kernel';
import { ExplanationBuilder, recompute } from './explanation';
import type { LineItem } from './line-item';
import { splitByTaxClass } from './tax-parts';
import { computeTaxes } from './taxes';

const name = (en: string) => ({ en, 'zh-CN': en });
const part = (taxClass: string, standAlone: string): TaxPart => ({
  taxClass,
  standAlone,
  label: name(taxClass),
});
const given = (amount: Amount) => {
  const builder = new ExplanationBuilder();
  builder.add('given', { amount: amountToDecimal(amount) }, (result) => name(result));
  return builder.build();
};
const item = (list: Amount, net: Amount): LineItem => ({
  ...{ card: 'main', productId: 'p', chargeClass: 'fee', chargeCode: 'monthly-fee', label: name('Plan') },
  ...{ listAmount: list, netAmount: net, told: zeroAmount, taxClass: 'voice' },
  serviceDate: parseLocalDate('2025-12-01'),
  ...{ listExplanation: given(list), netExplanation: given(net) },
  source: { kind: 'fee', productId: 'p', code: 'monthly-fee', offeringCode: 'plan', offeringVersion: 1 },
});
const yuan = (text: string) => amountFromMicro(moneyFromDecimal(text) * 10_000n);
const netOf = ({ netAmount }: LineItem) => amountToMoney(netAmount);
const shown = (items: LineItem[]) => items.map((each) => `${each.taxClass} ${moneyToDecimal(netOf(each))}`);

/** Broadband went from 6 % to 9 % on 1 January 2026. */
const table: TaxPolicy = {
  ...{ kind: 'tax', code: 'tax', version: 1, pricesIncludeTax: true, effectiveTo: null },
  effectiveFrom: parseLocalDate('2019-04-01'),
  classes: [
    ['voice', [['2019-04-01', null, '9'] as const]] as const,
    [
      'broadband',
      [
        ['2019-04-01', '2026-01-01', '6'],
        ['2026-01-01', null, '9'],
      ],
    ] as const,
    ['iptv', [['2019-04-01', null, '6'] as const]] as const,
  ].map(([code, rates]) => ({
    ...{ code, name: name(code) },
    rates: rates.map(([from, to, percent]) => ({
      from: parseLocalDate(from),
      to: to === null ? null : parseLocalDate(to),
      percent,
    })),
  })),
};

describe('a bundle of 199.00 whose services cost 100.00, 80.00 and 20.00 alone', () => {
  const bundle = [part('voice', '100.00'), part('broadband', '80.00'), part('iptv', '20.00')];
  const taxesOn = (day: string, items: LineItem[]) =>
    computeTaxes(
      items.map((each) => ({ net: netOf(each), taxClass: each.taxClass, serviceDate: parseLocalDate(day) })),
      [table],
    ).taxes.map(({ percent, gross, tax }) => `${percent} % ${moneyToDecimal(gross)} ${moneyToDecimal(tax)}`);

  it('is split in that proportion, and taxed part by part, by hand', () => {
    const items = splitByTaxClass(item(yuan('199.00'), yuan('199.00')), bundle);
    // 199.00 × 0.5, × 0.4, × 0.1
    expect(shown(items)).toEqual(['voice 99.50', 'broadband 79.60', 'iptv 19.90']);
    // 99.50 × 9 ÷ 109 = 8.2156; (79.60 + 19.90) × 6 ÷ 106 = 5.6321
    expect(taxesOn('2025-12-31', items)).toEqual(['9 % 99.50 8.22', '6 % 99.50 5.63']);
    // (99.50 + 79.60) × 9 ÷ 109 = 14.7881; 19.90 × 6 ÷ 106 = 1.1264
    expect(taxesOn('2026-01-01', items)).toEqual(['9 % 179.10 14.79', '6 % 19.90 1.13']);
  });

  it('gives each part its share of a discount', () => {
    const items = splitByTaxClass(item(yuan('199.00'), yuan('159.00')), bundle);
    // 40.00 off: 20.00, 16.00 and 4.00.
    expect(shown(items)).toEqual(['voice 79.50', 'broadband 63.60', 'iptv 15.90']);
    expect(items.map(({ listAmount }) => amountToDecimal(listAmount))).toEqual(['99.50', '79.60', '19.90']);
  });

  it('keeps what rounding leaves of a part of a month with the dearest part', () => {
    // 20 of 30 days: 132.666667, in fen 132.67.
    const items = splitByTaxClass(item(amountFromMicro(132_666_667n), amountFromMicro(132_666_667n)), bundle);
    // 66.335, 53.068 and 13.267: two fen are left, for the largest remainders .8 and .7.
    expect(shown(items)).toEqual(['voice 66.33', 'broadband 53.07', 'iptv 13.27']);
    expect(amountToDecimal(items[0]?.netAmount ?? zeroAmount)).toBe('66.326667');
    expect(sumAmounts(items.map(({ netAmount }) => netAmount))).toBe(132_666_667n);
  });
});

it('loses no fen, gives no part more than it costs, and explains each', () => {
  const amount = fc.bigInt({ min: 0n, max: 5_000_000_000n });
  const weights = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(amount, amount, weights, fc.boolean(), (one, two, alone, isCredit) => {
      const [small, large] = one < two ? [one, two] : [two, one];
      const sign = isCredit ? -1n : 1n;
      const whole = item(amountFromMicro(large * sign), amountFromMicro(small * sign));
      const parts = alone.map((fen, index) => part(`class-${index}`, moneyToDecimal(moneyFromMinor(fen))));
      const items = splitByTaxClass(whole, parts);
      expect(sumAmounts(items.map(({ netAmount }) => netAmount))).toBe(whole.netAmount);
      expect(sumAmounts(items.map(({ listAmount }) => listAmount))).toBe(whole.listAmount);
      expect(sumMoney(items.map(netOf))).toBe(amountToMoney(whole.netAmount));
      for (const each of items) {
        const [list, net] = [amountToMoney(each.listAmount) * sign, netOf(each) * sign];
        expect(net >= 0n && net <= list).toBe(true);
        expect(recompute(each.netExplanation)).toBe(each.netExplanation.result);
        expect(yuanOf(each.netExplanation.result)).toBe(each.netAmount);
        expect(yuanOf(each.listExplanation.result)).toBe(each.listAmount);
      }
    }),
  );
});

function yuanOf(text: string): bigint {
  const [whole = '0', decimals = ''] = text.replace('-', '').split('.');
  const micro = BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0'));
  return text.startsWith('-') ? -micro : micro;
}
