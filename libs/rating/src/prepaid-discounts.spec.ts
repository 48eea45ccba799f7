import type { DiscountPolicy, OfferDocument, UsageTotal } from '@ronghe/contracts';
import {
  amountFromDecimal,
  billPeriodOf,
  instantFromIso,
  moneyToDecimal,
  type LocalDate,
} from '@ronghe/kernel';
import { groupCharges } from './group-charges';
import type { Holding } from './holding';

/** Who pays as it uses gets, at the end of the period, the discounts that say so. */

const cycle = { zone: 'Asia/Shanghai', billDay: 1 };
const period = billPeriodOf('2026-06', cycle);
const offer = {
  ...{ code: 'plan', version: 1, specification: 'mobile', discounts: [], recurringPrices: [] },
  ...{ usagePrices: [], bundle: null },
} as unknown as OfferDocument;
const label = { en: 'Fee', 'zh-CN': '月费' };

const holding = (accountId: string): Holding =>
  ({
    ...{ productId: `${accountId}-main`, accountId, cardGroupId: `${accountId}-main`, card: 'main' },
    ...{ role: 'main', offeringCode: 'plan', offeringVersion: 1, bundleId: null, effectiveTo: null },
    ...{ bundleOfferingCode: null, bundleOfferingVersion: null },
    effectiveFrom: instantFromIso('2026-05-01T00:00:00+08:00'),
  }) as unknown as Holding;

const total = (accountId: string): UsageTotal =>
  ({
    ...{
      accountId,
      productId: `${accountId}-main`,
      card: 'main',
      period: '2026-06',
      chargeCode: 'voice-out',
    },
    ...{ chargeClass: 'calls', taxClass: 'voice', offeringCode: 'plan', offeringVersion: 1, amount: '40.00' },
    ...{ eventCount: 1, unit: 'second', unitsTotal: '60', unitsFromAllowance: '0', unitsCharged: '60' },
  }) as UsageTotal;

const policy = (change: Partial<DiscountPolicy>): DiscountPolicy => ({
  ...{ kind: 'discount', code: 'd', version: 1, effectiveFrom: '2026-01-01' as LocalDate, effectiveTo: null },
  ...{ label: { en: 'D', 'zh-CN': '优惠' }, scope: 'account', takes: { percent: '10' }, priority: 1 },
  when: [{ kind: 'owns', specifications: ['mobile'] }],
  ...{ on: { chargeClasses: null, specifications: null }, exclusiveGroup: null, maximum: null },
  ...change,
});

/** What the lines of accounts come to: `purse` is prepaid, `bill` is not; each has a fee of 60 and calls of 40. */
function nets(change: Partial<DiscountPolicy>, accounts = ['purse']): string[][] {
  const charges = groupCharges({
    accounts: accounts.map((accountId) => ({
      ...{ accountId, isPrepaid: accountId === 'purse', holdings: [holding(accountId)] },
      usageTotals: [total(accountId)],
      debitedFees: [
        {
          ...{ productId: `${accountId}-main`, priceCode: 'fee', label, taxClass: 'mobile-plan' },
          amount: amountFromDecimal('60.00'),
        },
      ],
    })),
    ...{ offers: () => offer, cycle, period, part: 'all' as const, chargeClasses: [] },
    discounts: [policy(change)],
  });
  return charges.map((lines) => lines.map(({ net }) => moneyToDecimal(net)));
}

it('gives none that says nothing of prepaid accounts', () => {
  expect(nets({})).toEqual([['40.00', '60.00']]);
  expect(nets({ takes: { fixed: '30.00' } })).toEqual([['40.00', '60.00']]);
});

it('gives what is on use on fees alone: usage was cheaper already', () => {
  expect(nets({ prepaid: 'on-use' })).toEqual([['40.00', '54.00']]);
});

it('gives everything else at the end of the period', () => {
  const prepaid = 'at-period-end' as const;
  expect(nets({ prepaid })).toEqual([['36.00', '54.00']]);
  expect(nets({ prepaid, takes: { fixed: '30.00' } })).toEqual([['28.00', '42.00']]);
  const when = [{ kind: 'total-at-least' as const, amount: '100.00' }];
  expect(nets({ prepaid, when, maximum: '5.00' })).toEqual([['38.00', '57.00']]);
});

it('gives a group’s over prepaid and other accounts together, or to the others alone', () => {
  const group = { scope: 'balance-group' as const, takes: { fixed: '50.00' } };
  const both = ['purse', 'bill'];
  expect(nets({ ...group, prepaid: 'at-period-end' }, both)).toEqual([
    ['30.00', '45.00'],
    ['30.00', '45.00'],
  ]);
  expect(nets(group, both)).toEqual([
    ['40.00', '60.00'],
    ['20.00', '30.00'],
  ]);
});
