import fc from 'fast-check';
import type { ProductState, UsageTotal } from '@ronghe/contracts';
import {
  amountFromMicro,
  amountToDecimal,
  amountToMoney,
  billPeriodOf,
  instantFromIso,
  moneyToDecimal,
  sumAmounts,
  sumMoney,
} from '@ronghe/kernel';
import { explanationText, recompute } from '@ronghe/rating';
import { addToBilled } from '../../test/billed';
import { accountDiscount, changedOffers, groupDiscount, pairOfFamilies } from '../../test/discount-family';
import { cycle, policies } from '../../test/documents';
import { usageTotalsOf } from '../../test/golden-family';
import type { BilledCharge, DraftLine } from './charge-line';
import { draftBill, draftBills, type BillDraft, type DraftQuestion } from './draft-bill';
import { appliedDiscounts } from './line-discount';
import { lookupIn } from './offer-lookup';

const pair = pairOfFamilies();
const [first] = pair;
const discounts = [groupDiscount, accountDiscount];

function questions(
  period: string,
  change: (index: number) => Partial<DraftQuestion> = () => ({}),
): DraftQuestion[] {
  return pair.map(({ account, products }, index) => ({
    accountId: account.accountId,
    paymentMode: 'postpaid',
    cycle,
    period: billPeriodOf(period, cycle),
    reopened: [],
    holdings: products,
    offers: lookupIn(changedOffers),
    hasAdvanceFees: false,
    policies: [...policies, ...discounts],
    usageTotals: new Map(),
    billed: [],
    oneTimeCharges: [],
    ...change(index),
  }));
}

const shown = (lines: readonly DraftLine[] = []) =>
  lines.map((line) => [line.card, ...[line.amount, line.discount, line.net].map(moneyToDecimal)].join(' '));
const given = (lines: readonly DraftLine[] = []) =>
  appliedDiscounts(lines).map(({ code, amount }) => `${code} ${moneyToDecimal(amount)}`);

describe('two accounts of a balance group', () => {
  const [july] = draftBills(questions('2026-07'));

  it('share the group’s discount, then each takes its own, line by line', () => {
    // Plan 199.00, by the bundle 159.00; two sub cards 10.00; IPTV 10.00, with a fixed line 8.00: 187.00 each.
    // Two plans: 10 % of 318.00 = 31.80, half of it here: 15.90.
    // From 150: 5.00 over 143.10, 10.00, 10.00 and 8.00 = 171.10: 4.1818, 0.2922, 0.2922, 0.2338; the fen left to IPTV.
    expect(shown(july?.lines)).toEqual([
      'main 199.00 60.08 138.92',
      'sub1 10.00 0.29 9.71',
      'sub2 10.00 0.29 9.71',
      'iptv 10.00 2.24 7.76',
    ]);
    expect(july && moneyToDecimal(july.total)).toBe('166.10');
    expect(given(july?.lines)).toEqual(['two-plans 15.90', 'from-150 5.00']);
  });

  it('see on each line how it came about', () => {
    const text = july?.lines.map(({ explanation }) => explanationText(explanation, 'en')) ?? [];
    expect(text[0]).toContain(
      'to pay 159.00; Two plans: 10 % of 318.00 = 31.80; its share by 159.00 of 318.00: 15.90; to pay 143.10; ' +
        'From 150: 5.00 off 171.10 = 5.00; its share by 143.10 of 171.10: 4.18; to pay 138.92',
    );
    expect(text[3]).toContain('IPTV with a fixed line: 20 % = 2.00; leaves 8.00');
    for (const line of july?.lines ?? []) expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
  });

  it('are taxed on what is left', () => {
    // 9 % in 158.34: 13.07; 6 % in 7.76: 0.44.
    expect(july?.taxes.map(({ gross, tax }) => [gross, tax].map(moneyToDecimal))).toEqual([
      ['158.34', '13.07'],
      ['7.76', '0.44'],
    ]);
  });

  it('get nothing before the discount is in force, nor when they are prepaid', () => {
    const june = draftBills(questions('2026-06'));
    expect(given(june[0]?.lines)).toEqual([]);
    const prepaid = draftBills(questions('2026-07', () => ({ paymentMode: 'prepaid' })));
    expect(given(prepaid[0]?.lines)).toEqual([]);
  });

  it('lose what the group no longer meets, as differences that take the discount back', () => {
    const billed = draftBills(questions('2026-07')).map((draft) => addToBilled([], draft?.lines ?? []));
    const endedBefore = (products: readonly ProductState[]) =>
      products.map((product) => ({ ...product, effectiveTo: instantFromIso('2026-07-01T00:00:00+08:00') }));
    const [august, credit] = draftBills(
      questions('2026-08', (index) => ({
        reopened: ['2026-07'],
        billed: billed[index] ?? [],
        holdings: index === 0 ? pair[0].products : endedBefore(pair[1].products),
      })),
    );
    // 5.00 over 159.00, 10.00, 10.00 and 8.00 = 187.00: 4.2513, 0.2674, 0.2674, 0.2139; the fen left to the sub cards.
    const late = august?.lines.filter(({ servicePeriod }) => servicePeriod === '2026-07') ?? [];
    expect(shown(late)).toEqual([
      'main 0.00 -15.83 15.83',
      'sub1 0.00 -0.02 0.02',
      'sub2 0.00 -0.02 0.02',
      'iptv 0.00 -0.03 0.03',
    ]);
    expect(given(late)).toEqual(['two-plans -15.90']);
    expect(moneyToDecimal(sumMoney(credit?.lines.map(({ net }) => net) ?? []))).toBe('-166.10');
    expect(given(credit?.lines)).toEqual(['two-plans -15.90', 'from-150 -5.00']);
  });

  it('do not depend on the order in which they are drafted', () => {
    const forward = draftBills(questions('2026-07'));
    expect(draftBills([...questions('2026-07')].reverse()).reverse()).toEqual(forward);
  });
});

describe('a discount of an account', () => {
  const cloud = {
    ...first.products[0],
    productId: 'cloud',
    card: 'cloud',
    offeringCode: 'advance',
    bundleId: null,
    bundleOfferingCode: null,
  } as ProductState;
  const cheaper = { ...accountDiscount, when: [], takes: { percent: '10' } };

  it('comes to a fee in advance when its own period is billed', () => {
    const ask = (period: string, billed: BilledCharge[]) =>
      draftBill({
        ...questions(period)[0]!,
        holdings: [cloud],
        hasAdvanceFees: true,
        policies: [...policies, cheaper],
        billed,
      });
    const one = ask('2026-06', []);
    expect(one?.lines.map((line) => [line.servicePeriod, moneyToDecimal(line.net)])).toEqual([
      ['2026-06', '20.00'],
      ['2026-07', '30.00'],
    ]);
    const two = ask('2026-07', addToBilled([], one?.lines ?? []));
    expect(two?.lines.map((line) => [line.servicePeriod, moneyToDecimal(line.net)])).toEqual([
      ['2026-07', '-3.00'],
      ['2026-08', '30.00'],
    ]);
  });
});

it('tells usage that is given away altogether, also when it comes late', () => {
  const [sample] = usageTotalsOf(first, '2026-06');
  if (!sample) throw new Error('the family has no usage');
  const free = { ...accountDiscount, when: [], takes: { percent: '100' } };
  const ask = (amount: string, billed: BilledCharge[]) =>
    draftBill({
      ...questions('2026-07')[0]!,
      holdings: [],
      policies: [...policies, free],
      usageTotals: new Map([['2026-07', [{ ...sample, amount }]]]),
      billed,
    });
  const one = ask('10.00', []);
  expect(shown(one?.lines)).toEqual(['main 10.00 10.00 0.00']);
  const billed = addToBilled([], one?.lines ?? []);
  const two = ask('12.00', billed);
  expect(shown(two?.lines)).toEqual(['main 2.00 2.00 0.00']);
  expect(two?.lines.map(({ exact, exactUsage }) => [exact, exactUsage])).toEqual([[0n, 2_000_000n]]);
  expect(ask('12.00', addToBilled(billed, two?.lines ?? []))).toBeNull();
});

it('is billed once, adds up to the rounded charges and gives all of it, however usage changes between runs', () => {
  const [sample] = usageTotalsOf(first, '2026-06');
  if (!sample) throw new Error('the family has no usage');
  const usage = fc.tuple(fc.bigInt({ min: 0n, max: 90_000_000n }), fc.bigInt({ min: 0n, max: 90_000_000n }));
  const all = [groupDiscount, { ...accountDiscount, takes: { percent: '33.3' } }].map((policy) => ({
    ...policy,
    on: { chargeClasses: null, specifications: null },
  }));
  fc.assert(
    fc.property(fc.array(usage, { minLength: 1, maxLength: 4 }), (states) => {
      const billed: BilledCharge[][] = [[], []];
      const lines: DraftLine[][] = [[], []];
      const draft = (micros: readonly bigint[]): (BillDraft | null)[] =>
        draftBills(
          questions('2026-07', (index) => {
            const amount = amountToDecimal(amountFromMicro(micros[index] ?? 0n));
            const productId = pair[index]?.products[0]?.productId ?? '';
            const totals: UsageTotal[] = [{ ...sample, productId, amount, period: '2026-07' }];
            return {
              policies: [...policies, ...all],
              usageTotals: new Map([['2026-07', totals]]),
              billed: billed[index] ?? [],
            };
          }),
        );
      for (const micros of states) {
        draft(micros).forEach((each, index) => {
          billed[index] = addToBilled(billed[index] ?? [], each?.lines ?? []);
          lines[index]?.push(...(each?.lines ?? []));
        });
        expect(draft(micros)).toEqual([null, null]);
      }
      for (const each of lines) {
        for (const key of new Set(each.map((line) => line.key))) {
          const ofKey = each.filter((line) => line.key === key);
          expect(amountToMoney(sumAmounts(ofKey.map(({ exact }) => exact)))).toBe(
            sumMoney(ofKey.map(({ net }) => net)),
          );
        }
        for (const line of each) expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
      }
    }),
    { numRuns: 25 },
  );
});
