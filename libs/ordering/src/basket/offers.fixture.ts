import type { BundleMember, OfferDocument } from '@ronghe/contracts';
import { parseLocalDate, type LocalDate } from '@ronghe/kernel';
import type { HeldProduct, OfferVersions, SaleContext } from './basket';

/** Documents and contexts for the specs of ordering: an invented catalog, priced in round sums. */

export const today: LocalDate = parseLocalDate('2026-06-11');

/** A simple offer that is on sale, alone, with nothing behind it, except where `given` says otherwise. */
export function offer(code: string, given: Partial<OfferDocument> = {}): OfferDocument {
  return {
    code,
    version: 1,
    name: { en: code, 'zh-CN': code },
    kind: 'simple',
    lineOfBusiness: 'mobile',
    specification: 'mobile-main',
    resourceNeeds: ['mobile_number', 'sim'],
    characteristics: {},
    effectiveFrom: parseLocalDate('2026-01-01'),
    effectiveTo: null,
    sale: { alone: true, requires: [], atMost: null },
    recurringPrices: [],
    usagePrices: [],
    usagePricedBy: 'own',
    allowances: [],
    discounts: [],
    bundle: null,
    ...given,
  };
}

/** A monthly fee by days, in arrears. */
export function monthlyFee(amount: string): OfferDocument['recurringPrices'] {
  return [
    {
      code: 'monthly-fee',
      chargeClass: 'plan fee',
      label: { en: 'Monthly fee', 'zh-CN': '月费' },
      amount,
      timing: 'arrears',
      firstPeriod: 'prorate',
      lastPeriod: 'full',
      prorateBy: 'days-of-period',
      taxClass: 'mobile-plan',
    },
  ];
}

const member = (
  role: BundleMember['role'],
  offering: string,
  minimum: number,
  maximum: number,
): BundleMember => ({ role, offering, minimum, maximum });

/** A plan, a sub card, lines, an IPTV set, a cloud without stock, and a bundle over them. */
export const catalog: OfferDocument[] = [
  offer('plan', { recurringPrices: monthlyFee('70.00') }),
  offer('plan-large', { recurringPrices: monthlyFee('90.00'), characteristics: { speed: '1000' } }),
  offer('plan-today', { recurringPrices: monthlyFee('80.00'), changeTakesEffect: 'at-once' }),
  offer('sub', {
    specification: 'mobile-sub',
    usagePricedBy: 'main',
    recurringPrices: monthlyFee('7.00'),
    sale: {
      alone: true,
      requires: [{ specification: 'mobile-main' }],
      atMost: { count: 2, per: 'card-group' },
    },
  }),
  offer('line', {
    lineOfBusiness: 'broadband',
    specification: 'broadband',
    resourceNeeds: ['optical_terminal'],
    characteristics: { downMbit: '500' },
    sale: { alone: false, requires: [], atMost: null },
  }),
  offer('set', {
    lineOfBusiness: 'iptv',
    specification: 'iptv',
    resourceNeeds: ['set_top_box'],
    sale: { alone: true, requires: [{ specification: 'broadband' }], atMost: { count: 2, per: 'account' } },
  }),
  offer('fixed', {
    lineOfBusiness: 'fixed-voice',
    specification: 'fixed-voice',
    resourceNeeds: ['fixed_number'],
    sale: { alone: false, requires: [], atMost: null },
  }),
  offer('cloud', { lineOfBusiness: 'cloud', specification: 'cloud-storage', resourceNeeds: [] }),
  offer('summer', { effectiveFrom: parseLocalDate('2026-07-01'), effectiveTo: parseLocalDate('2026-09-01') }),
  offer('family', {
    kind: 'bundle',
    lineOfBusiness: 'convergent',
    specification: null,
    resourceNeeds: [],
    bundle: {
      members: [
        member('main', 'plan', 1, 1),
        member('sub', 'sub', 0, 2),
        member('broadband', 'line', 1, 1),
        member('iptv', 'set', 0, 2),
        member('fixed', 'fixed', 0, 1),
      ],
      holdsWhile: [
        { role: 'main', offering: 'plan' },
        { role: 'broadband', offering: 'line' },
      ],
      priceOverrides: [],
      allowances: [],
    },
  }),
];

/** The versions of the invented catalog, and of documents beside it. */
export function versions(...more: OfferDocument[]): OfferVersions {
  return (code) => [...catalog, ...more].filter((document) => document.code === code);
}

/** An account that owns nothing, on a day in June, with five numbers allowed. */
export function saleContext(given: Partial<SaleContext> = {}): SaleContext {
  return {
    today,
    offers: versions(),
    held: [],
    numbersInUse: 0,
    policy: { numbersPerIdentityDocument: 5 },
    quoted: {},
    ...given,
  };
}

/** A product in force that was sold alone, except where `given` says otherwise. */
export function held(productId: string, given: Partial<HeldProduct> = {}): HeldProduct {
  return {
    productId,
    offeringCode: 'plan',
    offeringVersion: 1,
    specification: 'mobile-main',
    role: 'alone',
    card: productId,
    bundleId: null,
    bundleOfferingCode: null,
    bundleOfferingVersion: null,
    cardGroupId: productId,
    isFirm: true,
    ...given,
  };
}

/** Ids that can be read in an assertion: id-1, id-2, … */
export function countedIds(): () => string {
  let count = 0;
  return () => `id-${(count += 1)}`;
}
