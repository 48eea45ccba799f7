/** What a bench of bill runs sells: a mobile plan with usage, a broadband line, an IPTV set, and the policies of a bill. */

const name = (/** @type {string} */ en, /** @type {string} */ chinese) => ({ en, 'zh-CN': chinese });

const offer = (code, fields) => ({
  code,
  version: 1,
  kind: 'simple',
  resourceNeeds: [],
  characteristics: {},
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  sale: { alone: true, requires: [], atMost: null },
  usagePrices: [],
  usagePricedBy: 'own',
  allowances: [],
  discounts: [],
  bundle: null,
  ...fields,
});

const fee = (amount, chargeClass, label, taxClass) => ({
  code: 'monthly-fee',
  chargeClass,
  label,
  amount,
  timing: 'arrears',
  firstPeriod: 'prorate',
  lastPeriod: 'full',
  prorateBy: 'days-of-period',
  taxClass,
});

const usage = (code, usageClass, unit, label, price) => ({
  code,
  usageClass,
  chargeClass: code,
  label,
  taxClass: 'telecom',
  unit,
  increment: { initial: 1, repeat: 1 },
  model: { kind: 'per-unit', price },
  connectFee: null,
  counter: 'product',
  cap: null,
});

export const offers = [
  offer('bench-mobile', {
    name: name('Mobile', '手机套餐'),
    lineOfBusiness: 'mobile',
    specification: 'mobile-main',
    recurringPrices: [fee('129.00', 'plan fee', name('Plan fee', '套餐月租费'), 'telecom')],
    usagePrices: [
      usage('calls', 'voice', 'minute', name('Calls', '语音通话费'), { amount: '0.15', per: '1' }),
      usage('data', 'data', 'kb', name('Data', '上网流量费'), { amount: '0.03', per: '1024' }),
    ],
  }),
  offer('bench-broadband', {
    name: name('Broadband', '宽带'),
    lineOfBusiness: 'broadband',
    specification: 'broadband',
    recurringPrices: [fee('99.00', 'broadband fee', name('Broadband fee', '宽带月租费'), 'telecom')],
  }),
  offer('bench-iptv', {
    name: name('IPTV', '天翼高清'),
    lineOfBusiness: 'iptv',
    specification: 'iptv',
    recurringPrices: [fee('10.00', 'IPTV fee', name('IPTV fee', '天翼高清月租费'), 'content')],
  }),
];

const policy = (kind, fields) => ({
  kind,
  code: kind,
  version: 1,
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  ...fields,
});

const rates = (percent) => [{ from: '2019-04-01', to: null, percent }];

export const policies = [
  policy('rounding', {
    currency: 'CNY',
    amountDecimals: 6,
    moneyDecimals: 2,
    mode: 'half-away-from-zero',
  }),
  policy('tax', {
    pricesIncludeTax: true,
    classes: [
      { code: 'telecom', name: name('Telecom', '电信服务'), rates: rates('9') },
      { code: 'content', name: name('Content', '内容'), rates: rates('6') },
    ],
  }),
  policy('billing', {
    cutOffHours: 0,
    dueDays: 30,
    billNumberFormat: 'B{period}-{sequence:8}',
    chargeClasses: ['plan fee', 'broadband fee', 'IPTV fee', 'calls', 'data'].map((code) => ({
      code,
      name: name(code, code),
    })),
  }),
];
