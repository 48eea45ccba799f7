import type { DiscountPolicy, OfferDocument } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { offers } from './documents';
import { familyOf, type Family } from './golden-family';

/** Two families in one balance group, and what is promised to them. */

const head = {
  kind: 'discount' as const,
  version: 1,
  effectiveFrom: parseLocalDate('2026-07-01'),
  effectiveTo: null,
  exclusiveGroup: null,
  maximum: null,
};

/** Two plans in the group: 10 % off both plan fees. */
export const groupDiscount: DiscountPolicy = {
  ...head,
  code: 'two-plans',
  label: { en: 'Two plans', 'zh-CN': '双卡优惠' },
  scope: 'balance-group',
  when: [{ kind: 'owns-at-least', specification: 'mobile-plan', count: 2 }],
  takes: { percent: '10' },
  on: { chargeClasses: ['plan fee'], specifications: null },
  priority: 10,
};

/** 150.00 or more on an account: 5.00 off everything. */
export const accountDiscount: DiscountPolicy = {
  ...head,
  code: 'from-150',
  label: { en: 'From 150', 'zh-CN': '满150减5' },
  scope: 'account',
  when: [{ kind: 'total-at-least', amount: '150.00' }],
  takes: { fixed: '5.00' },
  on: { chargeClasses: null, specifications: null },
  priority: 1,
};

/** The offers of above; a fixed line makes IPTV a fifth cheaper. */
export const changedOffers: OfferDocument[] = offers.map((offer): OfferDocument => {
  if (offer.code === 'plan') return { ...offer, specification: 'mobile-plan' };
  if (offer.code !== 'fixed') return offer;
  const change = {
    code: 'iptv-with-fixed',
    label: { en: 'IPTV with a fixed line', 'zh-CN': '固话用户高清优惠' },
    of: { offering: 'iptv' },
    within: 'account' as const,
    price: null,
    to: { percentLess: '20' },
    priority: 1,
  };
  return { ...offer, priceChanges: [change] };
});

/** Besides, a fixed line makes the plan's calls a fifth cheaper, and SMS cost 1.00 a month at least. */
export const withUsageRules: OfferDocument[] = changedOffers.map((offer): OfferDocument => {
  const usagePrices = offer.usagePrices.map((price) =>
    price.code === 'sms' ? { ...price, minimumSpend: '1.00' } : price,
  );
  const calls = (offer.priceChanges ?? []).map((change) => ({
    ...change,
    code: 'calls-with-fixed',
    of: { offering: 'plan' },
    price: 'voice-out',
  }));
  return { ...offer, usagePrices, priceChanges: [...(offer.priceChanges ?? []), ...calls] };
});

/** Families 3 and 4, the second in the balance group of the first. */
export function pairOfFamilies(): [Family, Family] {
  const first = familyOf(3);
  const second = familyOf(4);
  const { balanceGroupId } = first.account;
  const { lane } = first;
  return [
    first,
    {
      account: { ...second.account, balanceGroupId, lane },
      products: second.products.map((product) => ({ ...product, lane })),
      lane,
    },
  ];
}
