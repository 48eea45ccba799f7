import type { DiscountPolicy, OfferDocument, UsagePrice, UsagePriceModel } from '@ronghe/contracts';
import { instantFromIso, ratioOf, type LocalDate } from '@ronghe/kernel';
import fc from 'fast-check';
import { discountedPrice } from './discounted-price';
import type { Holding } from './holding';
import { compileUsagePrice } from './usage-price';
import { useDiscountOf, useDiscountsHold, isGivenOnUse } from './use-discounts';

const zone = 'Asia/Shanghai';
const usedAt = instantFromIso('2026-06-15T12:00:00+08:00');
const day = (text: string) => text as LocalDate;

function policy(code: string, change: Partial<DiscountPolicy> = {}): DiscountPolicy {
  return {
    ...{ kind: 'discount', code, version: 1, effectiveFrom: day('2026-01-01'), effectiveTo: null },
    ...{ label: { en: code, 'zh-CN': code }, scope: 'account', when: [], takes: { percent: '10' } },
    prepaid: 'on-use',
    ...{
      on: { chargeClasses: null, specifications: null },
      priority: 1,
      exclusiveGroup: null,
      maximum: null,
    },
    ...change,
  } as DiscountPolicy;
}

const holding = (offeringCode: string, from: string, to: string | null = null) =>
  ({
    ...{ offeringCode, offeringVersion: 1, effectiveFrom: instantFromIso(from) },
    effectiveTo: to && instantFromIso(to),
  }) as Holding;
const holdings = [
  holding('mobile', '2026-06-01T00:00:00+08:00'),
  holding('fixed', '2026-06-10T00:00:00+08:00', '2026-06-20T00:00:00+08:00'),
];
const question = (policies: DiscountPolicy[], at = usedAt) => ({
  ...{ policies, holdings, zone, usedAt: at, chargeClass: 'calls', specification: 'mobile' },
  offers: (code: string) => ({ specification: code }) as OfferDocument,
});
const paid = (policies: DiscountPolicy[], at = usedAt) => {
  const discount = useDiscountOf(question(policies, at));
  return discount && `${discount.factor.numerator}/${discount.factor.denominator}`;
};

describe('a discount of who pays as it uses', () => {
  it('is a percentage of the account’s own charges', () => {
    expect(paid([policy('a')])).toBe('9/10');
    // As published before there was any on use: prices of earlier periods stay as they were.
    const { prepaid: _, ...onBills } = policy('a');
    expect([isGivenOnUse(policy('a')), isGivenOnUse(onBills), paid([onBills])]).toEqual([true, false, null]);
    expect(isGivenOnUse(policy('a', { takes: { fixed: '5.00' } }))).toBe(false);
    expect(isGivenOnUse(policy('a', { scope: 'balance-group' }))).toBe(false);
    expect(isGivenOnUse(policy('a', { maximum: '5.00' }))).toBe(false);
    expect(isGivenOnUse(policy('a', { when: [{ kind: 'total-at-least', amount: '5.00' }] }))).toBe(false);
  });

  it('takes one from what the other left; of an exclusive group the largest', () => {
    expect(paid([policy('a'), policy('b')])).toBe('81/100');
    const of = (code: string, percent: string) => policy(code, { takes: { percent }, exclusiveGroup: 'x' });
    expect(paid([of('a', '10'), of('b', '25'), of('c', '25')])).toBe('3/4');
    expect(useDiscountOf(question([of('a', '10'), of('c', '25'), of('b', '25')]))?.text.en).toBe('b −25 %');
  });

  it('is on what the policy names, while what it asks for is owned and it is in force', () => {
    expect(paid([policy('a', { on: { chargeClasses: ['data'], specifications: null } })])).toBeNull();
    expect(paid([policy('a', { on: { chargeClasses: null, specifications: ['fixed'] } })])).toBeNull();
    expect(paid([policy('a', { effectiveTo: day('2026-06-15') })])).toBeNull();
    const both = policy('a', { when: [{ kind: 'owns', specifications: ['mobile', 'fixed'] }] });
    expect(paid([both])).toBe('9/10');
    expect(paid([both], instantFromIso('2026-06-20T00:00:00+08:00'))).toBeNull();
    expect(useDiscountsHold(question([both]))).toEqual({
      from: instantFromIso('2026-06-10T00:00:00+08:00'),
      to: instantFromIso('2026-06-20T00:00:00+08:00'),
    });
  });

  it('counts a version that is no percentage any more', () => {
    expect(paid([policy('a'), policy('a', { version: 2, takes: { fixed: '1.00' } })])).toBeNull();
  });
});

const models: UsagePriceModel[] = [
  { kind: 'flat', amount: '0.30' },
  { kind: 'per-unit', price: { amount: '0.19', per: '1' } },
  { kind: 'repeating-step', price: { amount: '0.03', per: '1' }, blockUnits: '1024', blockMaximum: '3.00' },
  { kind: 'package', price: '5.00', size: '100', rounding: 'up' },
  {
    kind: 'graduated',
    tiers: [
      { upTo: '10', price: { amount: '0.20', per: '1' }, flat: '1.00', maximum: '2.50' },
      { upTo: null, price: { amount: '0.10', per: '1' }, flat: '0.00', maximum: null },
    ],
  },
  {
    kind: 'volume',
    tiers: [
      { upTo: '10', price: { amount: '0.20', per: '1' }, flat: '1.00' },
      { upTo: null, price: { amount: '0.10', per: '1' }, flat: '0.50' },
    ],
  },
];

it.each(models)('makes of every price of $kind what is left of it', (model) => {
  const price = {
    ...{
      code: 'p',
      unit: 'item',
      increment: { initial: 1, repeat: 1 },
      model,
      connectFee: '0.50',
      cap: null,
    },
    ...{
      usageClass: 'content',
      chargeClass: 'c',
      taxClass: 't',
      counter: 'product',
      label: { en: 'P', 'zh-CN': 'P' },
    },
  } as unknown as UsagePrice;
  const discounted = discountedPrice(price, ratioOf(3n, 4n));
  expect(discountedPrice(price, ratioOf(3n, 4n))).toBe(discounted);
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 5_000n }), (units) => {
      const counter = { units, events: 1n };
      const of = (document: UsagePrice) => compileUsagePrice(document).totalOf(counter as never);
      const [whole, part] = [of(price), of(discounted)];
      expect(part.numerator * whole.denominator * 4n).toBe(whole.numerator * part.denominator * 3n);
    }),
  );
});
