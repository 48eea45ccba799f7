import type { ProductState } from '@ronghe/contracts';
import { contains, instantFromIso, instantFromMs, type Instant } from '@ronghe/kernel';
import fc from 'fast-check';
import { admittedWithin, guide, type GuideBook, type NumberHolder } from './guide';
import { numberForms } from './subscriber-keys';
import type { UsageRecord } from './usage-record';

const at = (text: string): Instant => instantFromIso(`${text}+08:00`);
const product = {
  productId: 'p',
  accountId: 'a',
  offeringCode: 'plan',
  onlineClasses: ['data'],
} as unknown as ProductState;
const holder: NumberHolder = {
  number: '8613800138000',
  productId: 'p',
  accountId: 'a',
  lane: 1,
  validFrom: at('2026-03-15T00:00:00'),
  validTo: null,
};
const record: UsageRecord = {
  source: 'mediation',
  recordId: 'r',
  usageClass: 'voice',
  subscriber: '13800138000',
  peer: null,
  usedAt: at('2026-06-12T08:00:00'),
  quantity: 60n,
  unit: 'second',
  preratedAmount: null,
  part: null,
};

function book(more: Partial<GuideBook> = {}): GuideBook {
  return {
    now: at('2026-07-01T00:00:00'),
    holdersOf: (subscriber) => (numberForms(subscriber).includes(holder.number) ? [holder] : []),
    productOf: (productId) => (productId === 'p' ? product : undefined),
    cycleOf: () => ({ billDay: 1, zone: 'Asia/Shanghai' }),
    isPriced: () => true,
    closedThrough: null,
    lateAfterPeriods: 2,
    ...more,
  };
}

const guided = (change: Partial<UsageRecord>, more: Partial<GuideBook> = {}) =>
  guide({ ...record, ...change }, book(more));

describe('guiding a record', () => {
  it('finds the product by the number with or without country code, and the period of the start', () => {
    expect(guided({})).toMatchObject({
      kind: 'admitted',
      product,
      period: { key: '2026-06' },
      isLate: false,
    });
    expect(guided({ subscriber: '8613800138000', usedAt: at('2026-06-30T23:59:59') })).toMatchObject({
      period: { key: '2026-06' },
    });
    expect(guided({ usedAt: at('2026-07-01T00:00:00') })).toMatchObject({ period: { key: '2026-07' } });
  });

  it('knows nobody before the number was held, and at its very start the holder', () => {
    expect(guided({ usedAt: at('2026-03-14T23:59:59') })).toMatchObject({ reason: 'unknown_subscriber' });
    expect(guided({ usedAt: at('2026-03-15T00:00:00') })).toMatchObject({ kind: 'admitted' });
    const ended = { ...holder, validTo: at('2026-06-12T08:00:00') };
    expect(guided({}, { holdersOf: () => [ended] })).toMatchObject({ reason: 'unknown_subscriber' });
  });

  it('sets what has not happened yet, or has no price, aside', () => {
    expect(guided({ usedAt: at('2026-07-01T00:00:01') })).toMatchObject({ reason: 'in_future' });
    expect(guided({}, { isPriced: () => false })).toMatchObject({ reason: 'no_price' });
  });

  it('reconciles what is charged online instead of rating it', () => {
    expect(guided({ usageClass: 'data' })).toMatchObject({ kind: 'reconciled' });
  });

  it.each([
    ['open', null, '2026-09-10T00:00:00', { kind: 'admitted', isLate: false }],
    [
      'closed before it',
      at('2026-06-01T00:00:00'),
      '2026-07-02T00:00:00',
      { kind: 'admitted', isLate: false },
    ],
    ['closed', at('2026-07-01T00:00:00'), '2026-07-02T00:00:00', { kind: 'admitted', isLate: true }],
    [
      'closed two periods ago',
      at('2026-08-01T00:00:00'),
      '2026-08-31T23:59:59',
      { kind: 'admitted', isLate: true },
    ],
    ['closed three periods ago', at('2026-08-01T00:00:00'), '2026-09-01T00:00:00', { reason: 'too_late' }],
  ])('with its period %s', (_name, closedThrough, now, expected) => {
    expect(guided({}, { closedThrough, now: at(now) })).toMatchObject(expected);
  });
});

describe('admitting what follows', () => {
  const moment = fc
    .integer({ min: Date.parse('2026-03-01'), max: Date.parse('2026-10-01') })
    .map((ms) => instantFromMs(ms));

  it('sends usage within the time to where it would go anyway', () => {
    let admittedAgain = 0;
    const law = fc.property(
      fc.record({ first: moment, then: moment, now: moment, closed: moment }),
      fc.option(moment),
      ({ first, then, now, closed }, validTo) => {
        const its = book({ now, closedThrough: closed, holdersOf: () => [{ ...holder, validTo }] });
        const before = guide({ ...record, usedAt: first }, its);
        if (before.kind !== 'admitted') return;
        const within = admittedWithin(record.subscriber, before, its);
        if (!within || !contains(within, then)) return;
        admittedAgain += 1;
        expect(guide({ ...record, usedAt: then }, its)).toEqual(before);
      },
    );
    fc.assert(law, { numRuns: 5000 });
    expect(admittedAgain).toBeGreaterThan(10);
  });

  it('is not known of a number that several held', () => {
    const to = guided({});
    if (to.kind !== 'admitted') throw new Error('it is admitted');
    const several = book({ holdersOf: () => [holder, { ...holder, validFrom: at('2026-06-13T00:00:00') }] });
    expect(admittedWithin(record.subscriber, to, several)).toBeNull();
    expect(admittedWithin(record.subscriber, to, book())).toEqual({
      from: at('2026-06-01T00:00:00'),
      to: at('2026-07-01T00:00:00'),
    });
  });
});
