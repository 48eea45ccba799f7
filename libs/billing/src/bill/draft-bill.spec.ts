import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoundingPolicy, UsageTotal } from '@ronghe/contracts';
import {
  addAmounts,
  amountFromMicro,
  amountToDecimal,
  amountToMoney,
  billPeriodOf,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToDecimal,
  parseLocalDate,
  type Amount,
} from '@ronghe/kernel';
import { recompute } from '@ronghe/rating';
import fc from 'fast-check';
import { billingPolicy, cycle, offers, policies } from '../../test/documents';
import { afterAugust, familyOf, goldenPeriods, usageTotalsOf } from '../../test/golden-family';
import { addToBilled } from '../../test/billed';
import type { BilledCharge, DraftLine } from './charge-line';
import { draftBill, type DraftQuestion } from './draft-bill';
import { lookupIn } from './offer-lookup';

interface ExpectedBill {
  period: string;
  lines: Record<'card' | 'chargeClass' | 'amount' | 'discount' | 'net' | 'taxPercent', string>[];
  taxByTaxPercent: Record<string, string>;
  total: string;
}

const golden = JSON.parse(
  readFileSync(join(__dirname, '../../../../testdata/golden/expected.json'), 'utf8'),
) as { bills: ExpectedBill[] };

const family = familyOf(1);

function question(period: string, change: Partial<DraftQuestion> = {}): DraftQuestion {
  return {
    accountId: family.account.accountId,
    paymentMode: 'postpaid',
    cycle,
    period: billPeriodOf(period, cycle),
    reopened: [],
    holdings: afterAugust(family.products),
    offers: lookupIn(offers),
    hasAdvanceFees: false,
    policies,
    usageTotals: new Map(goldenPeriods.map((key) => [key, usageTotalsOf(family, key)])),
    billed: [],
    oneTimeCharges: [],
    ...change,
  };
}

const shown = (line: DraftLine) => ({
  card: line.card,
  chargeClass: line.chargeClass,
  amount: moneyToDecimal(line.amount),
  discount: moneyToDecimal(line.discount),
  net: moneyToDecimal(line.net),
  taxPercent: line.taxPercent,
});

describe('the golden family', () => {
  it.each(golden.bills)('gets the bill of $period to the cent', (expected) => {
    const draft = draftBill(question(expected.period));
    expect(draft?.lines.map(shown)).toEqual(expected.lines);
    expect(moneyToDecimal(draft?.total ?? moneyFromMinor(0n))).toBe(expected.total);
    const taxes = Object.fromEntries(draft?.taxes.map((tax) => [tax.percent, moneyToDecimal(tax.tax)]) ?? []);
    expect(taxes).toEqual(expected.taxByTaxPercent);
  });

  it('explains every line so that it recomputes to its net', () => {
    for (const period of goldenPeriods) {
      for (const line of draftBill(question(period))?.lines ?? []) {
        expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
        expect(amountToMoney(line.exact)).toBe(line.net);
      }
    }
  });
});

describe('should be billed − has been billed', () => {
  const june = draftBill(question('2026-06'));
  const billed = addToBilled([], june?.lines ?? []);

  it('writes nothing the second time', () => {
    expect(draftBill(question('2026-06', { billed }))).toBeNull();
  });

  it('puts late usage of a closed period on the next bill as a difference that explains itself', () => {
    const late = usageTotalsOf(family, '2026-06').map((total) =>
      total.chargeCode === 'sms' && total.card === 'main'
        ? { ...total, amount: '0.70', unitsTotal: '7', unitsCharged: '7' }
        : total,
    );
    const usageTotals = new Map([['2026-06', late]]);
    const draft = draftBill(question('2026-07', { billed, usageTotals, reopened: ['2026-06'] }));
    const differences = draft?.lines.filter((line) => line.servicePeriod === '2026-06') ?? [];
    expect(differences.map(shown)).toEqual([
      { card: 'main', chargeClass: 'SMS', amount: '0.40', discount: '0.00', net: '0.40', taxPercent: '9' },
    ]);
    expect(differences.map((line) => recompute(line.explanation))).toEqual(['0.40']);
    expect(differences[0]?.explanation.steps.at(-1)?.text.en).toBe(
      '0.30 was billed before for 2026-06: 0.40',
    );
  });

  it('takes back what a product that never was had been charged', () => {
    const holdings = family.products.filter((product) => product.card !== 'iptv');
    const draft = draftBill(question('2026-07', { billed, holdings, reopened: ['2026-06'] }));
    const credit = draft?.lines.find((line) => line.servicePeriod === '2026-06');
    expect(credit && shown(credit)).toEqual({
      card: 'iptv',
      chargeClass: 'IPTV fee',
      amount: '-6.67',
      discount: '0.00',
      net: '-6.67',
      taxPercent: '6',
    });
    expect(credit && recompute(credit.explanation)).toBe('-6.67');
  });

  it('makes a credit note of a bill that only takes back', () => {
    const draft = draftBill(question('2026-06', { billed, holdings: [], usageTotals: new Map() }));
    expect(moneyToDecimal(draft?.total ?? moneyFromMinor(0n))).toBe('-131.67');
    expect(draft?.taxes.map((tax) => moneyToDecimal(tax.tax))).toEqual(['-10.32', '-0.38']);
  });

  it('writes a fee in advance once, with the bill of the period before', () => {
    const cloud = {
      ...familyOf(2).products[0]!,
      offeringCode: 'advance',
      bundleId: null,
      bundleOfferingCode: null,
    };
    const ask = (period: string, before: BilledCharge[]) =>
      draftBill(
        question(period, { holdings: [cloud], hasAdvanceFees: true, usageTotals: new Map(), billed: before }),
      );
    const first = ask('2026-06', []);
    expect(first?.lines.map((line) => [line.servicePeriod, moneyToDecimal(line.net)])).toEqual([
      ['2026-06', '20.00'],
      ['2026-07', '30.00'],
    ]);
    const second = ask('2026-07', addToBilled([], first?.lines ?? []));
    expect(second?.lines.map((line) => [line.servicePeriod, moneyToDecimal(line.net)])).toEqual([
      ['2026-08', '30.00'],
    ]);
    expect(ask('2026-06', addToBilled(addToBilled([], first?.lines ?? []), second?.lines ?? []))).toBeNull();
  });

  it('puts a one-time charge on the bill with its own tax', () => {
    const charge = {
      chargeId: 'c1',
      accountId: family.account.accountId,
      lane: family.lane,
      chargeClass: 'card replacement',
      label: 'New SIM',
      amount: moneyFromDecimal('20.00'),
      taxClass: 'value-added',
      serviceDate: parseLocalDate('2026-06-20'),
    };
    const draft = draftBill(question('2026-06', { billed, oneTimeCharges: [charge] }));
    expect(draft?.lines.map(shown)).toEqual([
      {
        card: '',
        chargeClass: 'card replacement',
        amount: '20.00',
        discount: '0.00',
        net: '20.00',
        taxPercent: '6',
      },
    ]);
  });

  it('adds up to the rounded charge, however often the usage changes between runs', () => {
    const [sample] = usageTotalsOf(family, '2026-06');
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 3_000_000n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, (states) => {
        let before: BilledCharge[] = [];
        const lines: DraftLine[] = [];
        for (const micro of states) {
          const totals: UsageTotal[] = sample
            ? [{ ...sample, amount: amountToDecimal(amountFromMicro(micro)) }]
            : [];
          const draft = draftBill(
            question('2026-06', {
              holdings: [],
              usageTotals: new Map([['2026-06', totals]]),
              billed: before,
            }),
          );
          lines.push(...(draft?.lines ?? []));
          before = addToBilled(before, draft?.lines ?? []);
        }
        const final = amountFromMicro(states.at(-1) ?? 0n);
        const net = lines.reduce((sum, line) => sum + line.net, 0n);
        expect(net).toBe(amountToMoney(final));
        const exact = lines.reduce((sum, line) => addAmounts(sum, line.exact), 0n as Amount);
        expect(amountToMoney(exact)).toBe(net);
      }),
    );
  });
});

describe('what cannot be billed', () => {
  // No schema lets such a document through; a projection may hold one all the same.
  const upRounding = {
    ...billingPolicy,
    kind: 'rounding',
    code: 'rounding',
    currency: 'CNY',
    amountDecimals: 6,
    moneyDecimals: 2,
    mode: 'up',
  } as unknown as RoundingPolicy;

  it.each([
    ['offer_unknown', { offers: lookupIn([]) }],
    ['policy_missing', { policies: [] }],
    ['rounding_unsupported', { policies: [...policies, upRounding] }],
    ['tax_rate_missing', { policies: policies.filter((policy) => policy.kind !== 'tax') }],
  ])('throws %s, which quarantines the group', (code, change) => {
    expect(() => draftBill(question('2026-06', change))).toThrow(expect.objectContaining({ code }));
  });
});
