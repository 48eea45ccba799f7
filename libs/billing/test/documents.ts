import type {
  BillingPolicy,
  LocalizedText,
  OfferDocument,
  PolicyDocument,
  RecurringPrice,
  TaxPolicy,
  UsagePrice,
  UsageSourcePolicy,
} from '@ronghe/contracts';
import { parseLocalDate, type BillCycle } from '@ronghe/kernel';

/** The offers and policies of testdata/golden, as far as bills need them. */

export const cycle: BillCycle = { billDay: 1, zone: 'Asia/Shanghai' };

const day = parseLocalDate('2020-01-01');
const text = (en: string): LocalizedText => ({ en, 'zh-CN': `${en}（中文）` });

const offerHead = {
  version: 1,
  lineOfBusiness: 'mobile' as const,
  kind: 'simple' as const,
  specification: 'mobile-main' as string | null,
  resourceNeeds: [],
  characteristics: {},
  effectiveFrom: day,
  effectiveTo: null,
  sale: { alone: true, requires: [], atMost: null },
  recurringPrices: [] as RecurringPrice[],
  usagePrices: [] as UsagePrice[],
  usagePricedBy: 'own' as const,
  allowances: [],
  discounts: [],
  bundle: null,
};

function fee(
  chargeClass: string,
  amount: string,
  taxClass: string,
  timing: RecurringPrice['timing'] = 'arrears',
): RecurringPrice {
  return {
    code: 'monthly-fee',
    chargeClass,
    label: text(chargeClass),
    amount,
    timing,
    firstPeriod: 'prorate',
    lastPeriod: 'full',
    prorateBy: 'days-of-period',
    taxClass,
  };
}

function usagePrice(
  code: string,
  usageClass: UsagePrice['usageClass'],
  chargeClass: string,
  rest: Partial<UsagePrice>,
): UsagePrice {
  return {
    code,
    usageClass,
    chargeClass,
    label: text(chargeClass),
    taxClass: 'mobile-plan',
    unit: 'minute',
    increment: { initial: 60, repeat: 60 },
    model: { kind: 'per-unit', price: { amount: '0.15', per: '1' } },
    connectFee: null,
    counter: 'product',
    cap: null,
    ...rest,
  };
}

export const usagePrices: UsagePrice[] = [
  usagePrice('voice-out', 'voice', 'voice out of bundle', {}),
  usagePrice('sms', 'sms', 'SMS', {
    unit: 'message',
    increment: { initial: 1, repeat: 1 },
    model: { kind: 'per-unit', price: { amount: '0.10', per: '1' } },
  }),
  usagePrice('data-out', 'data', 'data out of bundle (group)', {
    unit: 'kb',
    increment: { initial: 1, repeat: 1 },
    counter: 'card-group',
    model: {
      kind: 'repeating-step',
      price: { amount: '0.03', per: '1024' },
      blockUnits: '1048576',
      blockMaximum: '3.00',
    },
  }),
];

export const offers: OfferDocument[] = [
  {
    ...offerHead,
    code: 'plan',
    name: text('Plan'),
    recurringPrices: [fee('plan fee', '199.00', 'mobile-plan')],
    usagePrices,
  },
  {
    ...offerHead,
    code: 'sub-card',
    name: text('Sub card'),
    usagePricedBy: 'main',
    recurringPrices: [fee('sub card fee', '10.00', 'mobile-plan')],
  },
  { ...offerHead, code: 'broadband', name: text('Broadband') },
  { ...offerHead, code: 'fixed', name: text('Fixed line') },
  {
    ...offerHead,
    code: 'iptv',
    name: text('IPTV'),
    recurringPrices: [fee('IPTV fee', '10.00', 'iptv-content')],
  },
  {
    ...offerHead,
    code: 'advance',
    name: text('In advance'),
    recurringPrices: [fee('cloud fee', '30.00', 'value-added', 'advance')],
  },
  {
    ...offerHead,
    code: 'convergent',
    name: text('Convergent'),
    kind: 'bundle',
    specification: null,
    bundle: {
      members: [],
      holdsWhile: [
        { role: 'main', offering: 'plan' },
        { role: 'broadband', offering: 'broadband' },
      ],
      priceOverrides: [
        {
          code: 'convergent-price',
          label: text('Convergent price'),
          role: 'main',
          offering: 'plan',
          price: 'monthly-fee',
          amount: '159.00',
          afterEnd: 'ends',
        },
      ],
      allowances: [],
    },
  },
];

const policyHead = { version: 1, effectiveFrom: day, effectiveTo: null };
const rate = (code: string, percent: string) => ({
  code,
  name: text(code),
  rates: [{ from: day, to: null, percent }],
});

export const taxPolicy: TaxPolicy = {
  ...policyHead,
  kind: 'tax',
  code: 'tax',
  pricesIncludeTax: true,
  classes: [rate('mobile-plan', '9'), rate('iptv-content', '6'), rate('value-added', '6')],
};

export const billingPolicy: BillingPolicy = {
  ...policyHead,
  kind: 'billing',
  code: 'billing',
  cutOffHours: 2,
  dueDays: 30,
  billNumberFormat: 'B{period}-{sequence:8}',
  chargeClasses: [
    'plan fee',
    'sub card fee',
    'IPTV fee',
    'voice out of bundle',
    'data out of bundle (group)',
    'SMS',
  ].map((code) => ({ code, name: text(code) })),
};

export const usageSource: UsageSourcePolicy = {
  ...policyHead,
  kind: 'usage-source',
  code: 'mediation',
  source: 'mediation',
  format: 'csv',
  zone: cycle.zone,
  columns: { recordId: 'id', type: 'type', subscriber: 'number', peer: null, start: 'start' },
  subscriberBy: 'number',
  types: [],
  lateAfterPeriods: 2,
};

export const policies: PolicyDocument[] = [taxPolicy, billingPolicy, usageSource];
