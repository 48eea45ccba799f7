import type {
  Allowance,
  BundleAllowance,
  LocalizedText,
  OfferDocument,
  PartPeriodRule,
  RecurringPrice,
  UsagePrice,
} from '@ronghe/contracts';
import { DomainError, instantFromIso, parseLocalDate } from '@ronghe/kernel';
import type { Holding, OfferLookup } from '../src/holding';
import type { UsageEvent } from '../src/rate-usage';

/** Offers, products and events that tests of the engine are written with. Their figures are nobody's tariff. */

export const cycle = { billDay: 1, zone: 'Asia/Shanghai' };

const name = (text: string): LocalizedText => ({ en: text, 'zh-CN': text });

/** A monthly fee of 90.00, by days at first and in full at last. */
export function fee(overrides: Partial<RecurringPrice> = {}): RecurringPrice {
  return {
    code: 'monthly-fee',
    chargeClass: 'fee',
    label: name('Fee'),
    amount: '90.00',
    timing: 'arrears',
    firstPeriod: 'prorate',
    lastPeriod: 'full',
    prorateBy: 'days-of-period',
    taxClass: 'service',
    ...overrides,
  };
}

/** 0.02 per KB, at most 5.00 in each block of 1000 KB, for the card group. */
export function dataPrice(overrides: Partial<UsagePrice> = {}): UsagePrice {
  return {
    code: 'data-out',
    usageClass: 'data',
    chargeClass: 'data',
    label: name('Data'),
    taxClass: 'service',
    unit: 'kb',
    increment: { initial: 1, repeat: 1 },
    model: {
      kind: 'repeating-step',
      price: { amount: '0.02', per: '1' },
      blockUnits: '1000',
      blockMaximum: '5.00',
    },
    connectFee: null,
    counter: 'card-group',
    cap: null,
    ...overrides,
  };
}

/** 0.25 per started minute. */
export function voicePrice(overrides: Partial<UsagePrice> = {}): UsagePrice {
  return {
    ...dataPrice(),
    code: 'voice-out',
    usageClass: 'voice',
    chargeClass: 'voice',
    label: name('Voice'),
    unit: 'minute',
    increment: { initial: 60, repeat: 60 },
    model: { kind: 'per-unit', price: { amount: '0.25', per: '1' } },
    counter: 'product',
    ...overrides,
  };
}

/** 300 KB for the card group, rolled over for one period, in whole tens of KB. */
export function dataAllowance(overrides: Partial<Allowance> = {}): Allowance {
  return {
    code: 'data',
    label: name('data'),
    usageClasses: ['data'],
    unit: 'kb',
    quantity: '300',
    wholeUnits: '10',
    sharedBy: 'card-group',
    firstPeriod: 'prorate',
    lastPeriod: 'full',
    prorateBy: 'days-of-period',
    priority: 10,
    rollover: { periods: 1, cap: null, order: 'before-base' },
    ...overrides,
  };
}

/** A plan with the fee, both prices and the data allowance of above. */
export function plan(overrides: Partial<OfferDocument> = {}): OfferDocument {
  return {
    code: 'plan',
    version: 1,
    name: name('Plan'),
    kind: 'simple',
    lineOfBusiness: 'mobile',
    specification: 'mobile-main',
    resourceNeeds: [],
    characteristics: {},
    effectiveFrom: parseLocalDate('2026-01-01'),
    effectiveTo: null,
    sale: { alone: true, requires: [], atMost: null },
    recurringPrices: [fee()],
    usagePrices: [voicePrice(), dataPrice()],
    usagePricedBy: 'own',
    allowances: [dataAllowance()],
    discounts: [],
    bundle: null,
    ...overrides,
  };
}

/** A sub card without a fee, priced by its main card. */
export const subCard = plan({
  code: 'sub-card',
  recurringPrices: [],
  usagePrices: [],
  usagePricedBy: 'main',
  allowances: [],
});

/** A line whose only purpose is to be in the bundle; 31.00. */
export const line = plan({
  code: 'line',
  recurringPrices: [fee({ amount: '31.00', label: name('Line') })],
  usagePrices: [voicePrice()],
  allowances: [],
});

const bundleData: BundleAllowance = {
  ...dataAllowance({ quantity: '600' }),
  role: 'main',
  offering: 'plan',
  replaces: ['data'],
  afterEnd: 'ends',
};

const bundleMinutes: BundleAllowance = {
  ...dataAllowance({ code: 'voice', label: name('minutes'), usageClasses: ['voice'], unit: 'minute' }),
  quantity: '40',
  wholeUnits: '1',
  sharedBy: 'product',
  rollover: null,
  role: 'fixed',
  offering: 'line',
  replaces: [],
  afterEnd: 'stays',
};

/** Plan and line: the plan costs 60.00 and has 600 KB; the line gets 40 minutes and keeps them. */
export const bundle = plan({
  code: 'bundle',
  kind: 'bundle',
  specification: null,
  recurringPrices: [],
  usagePrices: [],
  allowances: [],
  bundle: {
    members: [
      { role: 'main', offering: 'plan', minimum: 1, maximum: 1 },
      { role: 'fixed', offering: 'line', minimum: 1, maximum: 1 },
    ],
    holdsWhile: [
      { role: 'main', offering: 'plan' },
      { role: 'fixed', offering: 'line' },
    ],
    priceOverrides: [
      {
        code: 'together',
        label: name('Together'),
        role: 'main',
        offering: 'plan',
        price: 'monthly-fee',
        amount: '60.00',
        afterEnd: 'ends',
      },
    ],
    allowances: [bundleData, bundleMinutes],
  },
});

/** Finds the offers of above, or others in their place. */
export function lookupOf(...offers: OfferDocument[]): OfferLookup {
  return (code, version) => {
    const offer = [...offers, plan(), subCard, line, bundle].find((candidate) => candidate.code === code);
    if (!offer || offer.version !== version)
      throw new DomainError('offer_unknown', 'not_found', `no offer ${code} ${version}`);
    return offer;
  };
}

/** A product of `plan` on its own since 2026-06-01. Local times of Shanghai. */
export function product(overrides: Partial<Holding> = {}): Holding {
  return {
    productId: 'main',
    accountId: 'account',
    offeringCode: 'plan',
    offeringVersion: 1,
    role: 'main',
    card: 'main',
    bundleId: null,
    bundleOfferingCode: null,
    bundleOfferingVersion: null,
    cardGroupId: 'main',
    effectiveFrom: local('2026-06-01'),
    effectiveTo: null,
    ...overrides,
  };
}

const inBundle = { bundleId: 'b', bundleOfferingCode: 'bundle', bundleOfferingVersion: 1 };

/** Plan and line under the bundle. */
export function bundled(
  main: Partial<Holding> = {},
  lineOverrides: Partial<Holding> = {},
): [main: Holding, line: Holding] {
  return [
    product({ ...inBundle, ...main }),
    product({
      ...inBundle,
      productId: 'line',
      card: 'line',
      role: 'fixed',
      offeringCode: 'line',
      cardGroupId: 'line',
      ...lineOverrides,
    }),
  ];
}

/** An instant in Shanghai: `2026-06-11`, `2026-06-11T10:30:00`. */
export function local(text: string) {
  return instantFromIso(`${text.includes('T') ? text : `${text}T00:00:00`}+08:00`);
}

/** Data of 1 KB by the main card on 15 June. */
export function usage(overrides: Partial<UsageEvent> = {}): UsageEvent {
  const recordId = overrides.recordId ?? 'r1';
  return {
    usageId: recordId,
    productId: 'main',
    usageClass: 'data',
    usedAt: local('2026-06-15T12:00:00'),
    quantity: 1n,
    source: 'file',
    recordId,
    isLate: false,
    ...overrides,
  };
}

/** The three rules of part periods, for tables of cases. */
export const partPeriodRules: PartPeriodRule[] = ['prorate', 'full', 'none'];
