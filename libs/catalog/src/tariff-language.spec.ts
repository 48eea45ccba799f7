import type { OfferDocument, UsagePriceModel } from '@ronghe/contracts';
import { examples, offerWith, problemsOf, withExamples as all } from '../test/document-files.adapter';
import { readDocuments, type DocumentFile } from './read-documents';

function offerOf(code: string, files: readonly DocumentFile[] = all): OfferDocument {
  const offer = readDocuments(files).offers.find((candidate) => candidate.code === code);
  if (!offer) throw new Error(`there is no offer ${code}`);
  return offer;
}

const pricesOf = (tariff: string) => offerOf(`with-${tariff}`, [...all, offerWith(tariff)]).usagePrices;

describe('every example of the reference page', () => {
  it.each(examples.map(({ path }) => path))('%s is valid', (path) => {
    expect(problemsOf(all).filter(({ file }) => file === path)).toEqual([]);
  });

  it('is valid together with all others', () => {
    expect(problemsOf(all)).toEqual([]);
  });
});

const price = (amount: string, per: string) => ({ amount, per });
const models: [tariff: string, unit: string, model: UsagePriceModel][] = [
  ['example-linear', 'second', { kind: 'per-unit', price: price('0.15', '60') }],
  [
    'example-block',
    'kb',
    { kind: 'repeating-step', price: price('0.03', '1024'), blockUnits: '1048576', blockMaximum: '3.00' },
  ],
  ['example-per-event', 'message', { kind: 'flat', amount: '0.10' }],
  ['example-package', 'kb', { kind: 'package', price: '5.00', size: '102400', rounding: 'up' }],
  [
    'example-graduated',
    'minute',
    {
      kind: 'graduated',
      tiers: [
        { upTo: '100', price: price('0.20', '1'), flat: '0', maximum: null },
        { upTo: '500', price: price('0.12', '1'), flat: '2.00', maximum: null },
        { upTo: null, price: price('0.05', '1'), flat: '0', maximum: '30.00' },
      ],
    },
  ],
  [
    'example-volume',
    'kb',
    {
      kind: 'volume',
      tiers: [
        { upTo: '1048576', price: price('0.10', '1024'), flat: '0' },
        { upTo: '10485760', price: price('0.06', '1024'), flat: '0' },
        { upTo: null, price: price('0.03', '1024'), flat: '5.00' },
      ],
    },
  ],
  [
    'example-percentage',
    'item',
    {
      kind: 'percentage',
      percent: '3',
      fixedPerEvent: '0.05',
      minimumPerEvent: '0.10',
      maximumPerEvent: '5.00',
      freeEvents: '3',
      freeAmount: null,
    },
  ],
  [
    'example-graduated-percentage',
    'item',
    {
      kind: 'graduated-percentage',
      tiers: [
        { upTo: '1000.00', percent: '3', flat: '0' },
        { upTo: null, percent: '1.5', flat: '2.00' },
      ],
    },
  ],
  ['example-dynamic', 'item', { kind: 'dynamic', multiplier: '1.15' }],
  [
    'example-rates',
    'second',
    {
      kind: 'rates',
      rates: {
        zonePlan: 'example-zones',
        calendar: 'example-hours',
        rates: [
          rate('home', 'evening', [step('0', '0.05', '1')]),
          rate('home', null, [step('0', '0.15', '1')]),
          {
            ...rate('hong-kong', null, [step('0', '0.99', '6'), step('180', '0.49', '6')]),
            maximumPerEvent: '20.00',
          },
          { ...rate(null, null, [step('0', '3.00', '1')]), connectFee: '0.50' },
        ],
      },
    },
  ],
];

function rate(zone: string | null, band: string | null, steps: ReturnType<typeof step>[]) {
  return { zone, band, steps, connectFee: null, maximumPerEvent: null };
}

function step(from: string, amount: string, increment: string) {
  return { from, price: price(amount, '60'), increment };
}

describe('a usage price', () => {
  it.each(models)('%s counts in %s and becomes its model', (tariff, unit, model) => {
    expect(pricesOf(tariff)).toMatchObject([{ unit, model }]);
    expect(pricesOf(tariff)[0]?.model).toEqual(model);
  });

  it('keeps increments, fees, free units, rounding and bounds', () => {
    expect(pricesOf('example-linear')[0]).toMatchObject({
      increment: { initial: 30, repeat: 6 },
      connectFee: '0.05',
      freeUnits: '600',
      roundEvent: { decimals: 2, mode: 'half-away-from-zero' },
    });
    expect(pricesOf('example-per-event')[0]).toMatchObject({
      minimumSpend: '1.00',
      maximumSpend: '20.00',
      cap: null,
    });
    expect(pricesOf('example-block')[0]).toMatchObject({ cap: { amount: '600.00', action: 'stop' } });
  });

  it('follows another of its class from a day on', () => {
    expect(pricesOf('example-dated').map(({ inForce }) => inForce)).toEqual([
      { from: '2026-01-01', to: '2027-01-01' },
      { from: '2027-01-01', to: null },
    ]);
  });

  it('says nothing of what the author left out', () => {
    const [calls] = offerOf('mobile-5g-199').usagePrices;
    expect(Object.keys(calls ?? {}).sort()).toEqual([
      'cap',
      'chargeClass',
      'code',
      'connectFee',
      'counter',
      'increment',
      'label',
      'model',
      'taxClass',
      'unit',
      'usageClass',
    ]);
  });
});

describe('an allowance', () => {
  const allowance = (code: string) => offerOf('example-plan').allowances.find((each) => each.code === code);

  it('may be limited to bands, zones and members, block, and roll over with a cap', () => {
    expect(allowance('night-data')).toMatchObject({ bands: ['evening'], quantity: String(60 * 1024 * 1024) });
    expect(allowance('hong-kong')).toMatchObject({ zones: ['hong-kong'], increment: '60' });
    expect(allowance('messages')).toMatchObject({ isBlocker: true });
    expect(allowance('data')).toMatchObject({
      memberCap: String(10 * 1024 * 1024),
      rollover: { periods: 1, cap: String(20 * 1024 * 1024), order: 'before-base' },
    });
  });

  it('counts voice as the tariff of its offer does', () => {
    expect(allowance('hong-kong')).toMatchObject({ unit: 'second', quantity: '3600', wholeUnits: '60' });
    expect(offerOf('mobile-5g-199').allowances.find(({ code }) => code === 'voice')).toMatchObject({
      unit: 'minute',
      quantity: '1000',
    });
  });

  it('of a pack is granted once, behind the base', () => {
    expect(offerOf('example-pack').allowances).toMatchObject([{ rank: 'add-on', validDays: 30 }]);
  });

  it('of a bundle has a member cap as well', () => {
    expect(offerOf('example-bundle').bundle?.allowances[0]).toMatchObject({
      memberCap: String(20 * 1024 * 1024),
    });
  });
});

it('a product changes the price of others', () => {
  expect(offerOf('example-cloud').priceChanges).toMatchObject([
    {
      of: { specification: 'iptv' },
      within: 'account',
      price: 'monthly-fee',
      to: { amount: '5.00' },
      priority: 10,
    },
    { of: { offering: 'broadband-second-line' }, price: null, to: { percentLess: '10' } },
  ]);
});

describe('policies of rating', () => {
  const policy = (code: string) => readDocuments(all).policies.find((each) => each.code === code);

  it('become documents', () => {
    expect(policy('example-zones')).toMatchObject({
      zones: [{ prefixes: [''] }, { prefixes: ['00852'] }, {}],
    });
    expect(policy('example-hours')).toMatchObject({
      holidays: ['2026-01-01', ...Array.from({ length: 9 }, (_, index) => `2026-02-${15 + index}`)],
      bands: [
        { code: 'member-day', months: [6, 7, 8], monthDays: [8] },
        { code: 'evening', days: [1, 2, 3, 4, 5], from: '21:00', to: '08:00' },
        { days: [6, 7, 'holiday'], from: '00:00', to: '00:00' },
      ],
    });
    expect(policy('example-discount')).toMatchObject({
      when: [
        { kind: 'owns', specifications: ['mobile-main', 'broadband'] },
        { kind: 'total-at-least', amount: '200.00' },
      ],
      takes: { fixed: '30.00' },
      on: { chargeClasses: ['plan fee'], specifications: ['mobile-main'] },
      exclusiveGroup: 'household',
      maximum: null,
    });
    expect(policy('three-plans')).toMatchObject({
      when: [{ kind: 'owns-at-least', specification: 'mobile-main', count: 3 }],
      takes: { percent: '10' },
      on: { chargeClasses: ['plan fee'], specifications: null },
      maximum: '60.00',
    });
  });
});
