import fc from 'fast-check';
import type { UsagePrice, UsageRate } from '@ronghe/contracts';
import {
  amountToDecimal,
  instantFromMs,
  instantToMs,
  localDateOf,
  localTimeMsOf,
  weekdayOf,
  type Instant,
} from '@ronghe/kernel';
import { policies, week } from '../test/any-price.fixture';
import { dataPrice, local, lookupOf, plan, product, usage } from '../test/sample-offers';
import { explanationText } from './explanation';
import { rateUsage } from './rate-usage';
import { tariffChangeAfter } from './tariff-change';
import { compileCalendar } from './time-bands';
import { usagePlanOf } from './usage-plan';

const holding = product();
const rate = (more: Partial<UsageRate> & { amount: string }): UsageRate => {
  const { amount, ...rest } = more;
  const steps = [{ from: '0', price: { amount, per: '1' }, increment: '1' }];
  return { zone: null, band: null, steps, connectFee: null, maximumPerEvent: null, ...rest };
};
const priceBy = (rates: UsageRate[], more: Partial<UsagePrice> = {}): UsagePrice =>
  dataPrice({
    usageClass: 'voice',
    unit: 'second',
    model: { kind: 'rates', rates: { zonePlan: 'world', calendar: 'week', rates } },
    ...more,
  });
const planOf = (price: UsagePrice, zone = 'Asia/Shanghai') =>
  usagePlanOf({
    holding,
    holdings: [holding],
    offers: lookupOf(plan({ usagePrices: [price] })),
    usageClass: 'voice',
    usedAt: local('2026-06-01'),
    policies,
    zone,
  });
const call = (at: string, seconds: number, peer: string | null = '8613800000000') =>
  usage({ usageClass: 'voice', usedAt: local(at), quantity: BigInt(seconds), peer });
const rateCall = (price: UsagePrice, ...[at, seconds, peer]: Parameters<typeof call>) => {
  const { rated } = rateUsage({ buckets: [], counters: {} }, call(at, seconds, peer), planOf(price));
  const cells = (rated.parts ?? []).map(({ cell, counted }) => `${cell}: ${counted.units}`);
  return { amount: amountToDecimal(rated.amount), cells };
};

const byBand = [
  rate({ band: 'day', amount: '0.03' }),
  rate({ band: 'night', amount: '0.01' }),
  rate({ amount: '0.02' }),
];

describe('a call over a band', () => {
  it('is split for its rate only: 30 s before 22:00 and 30 s after', () => {
    expect(rateCall(priceBy(byBand), '2026-06-16T21:59:30', 60)).toEqual({
      amount: '0.90',
      cells: ['far//0: 30', 'far/night/0: 30'],
    });
  });

  it('counts increments over the whole call: the last stretch is lengthened, not each', () => {
    const price = priceBy(byBand, { increment: { initial: 60, repeat: 60 } });
    expect(rateCall(price, '2026-06-16T21:59:30', 61)).toEqual({
      amount: '1.50',
      cells: ['far//0: 30', 'far/night/0: 90'],
    });
  });

  it('counts increments of a step from where the step begins, not anew after the band', () => {
    const steps = (amount: string) => [{ from: '0', price: { amount, per: '1' }, increment: '60' }];
    const price = priceBy([
      rate({ band: 'night', amount: '', steps: steps('0.01') }),
      rate({ amount: '', steps: steps('0.02') }),
    ]);
    expect(rateCall(price, '2026-06-16T21:59:30', 40)).toEqual({
      amount: '0.90',
      cells: ['far//0: 30', 'far/night/0: 30'],
    });
  });

  it('in minutes is priced to the second on either side', () => {
    const price = priceBy(byBand, { unit: 'minute', increment: { initial: 60, repeat: 60 } });
    // 30 s of 0.02 and 30 s of 0.01 a minute.
    expect(rateCall(price, '2026-06-16T21:59:30', 60).amount).toBe('0.015');
  });

  it('goes over midnight into a holiday, on which weekday bands do not hold', () => {
    // Thursday 18 June until Friday 19 June, a holiday: night until 07:00, then no band until 22:00.
    expect(rateCall(priceBy(byBand), '2026-06-18T21:59:59', 9 * 3600 + 11).cells).toEqual([
      'far//0: 1',
      'far/night/0: 32400',
      'far//0: 10',
    ]);
    expect(rateCall(priceBy(byBand), '2026-06-17T08:00:00', 10).cells).toEqual(['far/day/0: 10']);
    expect(rateCall(priceBy(byBand), '2026-06-19T08:00:00', 10).cells).toEqual(['far//0: 10']);
  });

  it('is in a band of some months and days of the month on these alone', () => {
    const calendar = compileCalendar(
      {
        ...week,
        bands: [
          {
            code: 'new-year',
            label: { en: '', 'zh-CN': '' },
            days: [1, 2, 3, 4, 5, 6, 7],
            months: [12],
            monthDays: [31],
            from: '20:00',
            to: '04:00',
          },
        ],
        holidays: [],
      },
      'Asia/Shanghai',
    );
    const bandAt = (at: string) => calendar.bandAt(instantToMs(local(at))).band;
    expect(bandAt('2026-12-31T20:00:00')).toBe('new-year');
    expect(bandAt('2027-01-01T03:59:59')).toBe('new-year');
    expect(bandAt('2027-01-01T20:00:00')).toBe('');
    expect(bandAt('2026-12-31T03:00:00')).toBe('');
    expect(bandAt('2026-10-31T21:00:00')).toBe('');
  });

  it('of 31 days and more keeps its last band, whatever its length', () => {
    expect(rateCall(priceBy([rate({ amount: '0.00' })]), '2026-06-16T21:59:30', 10 ** 15).amount).toBe(
      '0.00',
    );
  });
});

describe('rates', () => {
  const steps = [
    { from: '0', price: { amount: '0.30', per: '60' }, increment: '60' },
    { from: '120', price: { amount: '0.06', per: '60' }, increment: '6' },
  ];

  it('change inside a call, and count the last stretch in whole increments of its step', () => {
    const price = priceBy([rate({ amount: '', steps })]);
    expect(rateCall(price, '2026-06-16T12:00:00', 61)).toEqual({ amount: '0.60', cells: ['far/day/0: 120'] });
    expect(rateCall(price, '2026-06-16T12:00:00', 121)).toEqual({
      amount: '0.606',
      cells: ['far/day/0: 120', 'far/day/1: 6'],
    });
  });

  it('are found by the longest prefix; a zone without one has no price', () => {
    const price = priceBy([rate({ zone: 'near', amount: '0.01' }), rate({ zone: 'far', amount: '0.05' })]);
    expect(rateCall(price, '2026-06-16T12:00:00', 100, '8601').amount).toBe('1.00');
    expect(rateCall(price, '2026-06-16T12:00:00', 100, '8613').amount).toBe('5.00');
    expect(rateCall(price, '2026-06-16T12:00:00', 100, '85299').amount).toBe('5.00');
    const missing = expect.objectContaining({ code: 'usage_price_missing' }) as Error;
    expect(() => rateCall(price, '2026-06-16T12:00:00', 100, '44')).toThrow(missing);
    expect(() => rateCall(price, '2026-06-16T12:00:00', 100, null)).toThrow(missing);
  });

  it('charge one connect fee for a call, that of the rate at its start, and at most the event’s maximum', () => {
    const price = priceBy([
      rate({ band: 'night', amount: '0.01', connectFee: '0.50' }),
      rate({ amount: '0.02', connectFee: '0.10', maximumPerEvent: '0.95' }),
    ]);
    expect(rateCall(price, '2026-06-16T21:59:30', 40).amount).toBe('0.80');
    expect(rateCall(price, '2026-06-16T21:59:30', 60).amount).toBe('0.95');
    expect(rateCall(price, '2026-06-16T22:00:00', 0).amount).toBe('0.00');
  });

  it('explain each part, and what was charged in its cell before', () => {
    const price = priceBy(
      [rate({ band: 'night', amount: '0.01', connectFee: '0.50' }), rate({ amount: '0.02' })],
      {
        maximumSpend: '1.00',
      },
    );
    const empty = { buckets: [], counters: {} };
    const first = rateUsage(empty, call('2026-06-16T21:59:30', 20), planOf(price), { trace: true });
    const second = rateUsage(first.state, call('2026-06-16T21:59:50', 40), planOf(price), { trace: true });
    expect(first.rated.trace && explanationText(first.rated.trace, 'en')).toBe(
      'zone far: 20 s at 0.02 per s = 0.40',
    );
    expect(second.rated.trace?.steps.map(({ text }) => text.en)).toEqual([
      'zone far: 30 s at 0.02 per s = 0.60',
      'zone far: 20 s at 0.02 per s = 0.40',
      'less what was charged before: 0.20',
      'zone far, band night: 30 s at 0.01 per s = 0.30',
      'together 0.50',
    ]);
    const third = rateUsage(second.state, call('2026-06-16T23:00:00', 40), planOf(price), { trace: true });
    expect(third.rated.trace?.steps.slice(-5).map(({ text }) => text.en)).toEqual([
      'less what was charged before: 0.90',
      'with 0.90 before: 1.80 in this period',
      'at most 1.00: 1.00',
      'with 0.90 before: 0.90 in this period',
      'less what was charged before: 0.10',
    ]);
    expect(third.rated.trace?.steps[0]?.text['zh-CN']).toBe(
      '区域 far，时段 night：1 分 10 秒，每秒 0.01 元 = 0.70',
    );
  });

  it('say when the tariff changes under a grant', () => {
    const change = (at: string, hours: number) =>
      tariffChangeAfter(planOf(priceBy(byBand)), '8613', {
        at: local(at),
        until: instantFromMs(instantToMs(local(at)) + hours * 3_600_000),
      });
    expect(change('2026-06-16T21:59:30', 1)).toBe(local('2026-06-16T22:00:00'));
    expect(change('2026-06-16T22:00:00', 9)).toBeNull();
    expect(change('2026-06-16T22:00:00', 10)).toBe(local('2026-06-17T07:00:00'));
  });
});

describe('bands', () => {
  /** What a wall clock and a calendar on the wall say. */
  function bandByHand(ms: number, zone: string): string {
    const at = instantFromMs(ms);
    const [day, time] = [localDateOf(at, zone), localTimeMsOf(at, zone) / 3_600_000];
    if (time >= 22 || time < 7) return 'night';
    const isWorkday = weekdayOf(day) <= 5 && !week.holidays.includes(day);
    return isWorkday && time >= 8 && time < 18.5 ? 'day' : '';
  }

  it.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'are those of the wall clock in %s at every moment of the year',
    (zone) => {
      const calendar = compileCalendar(week, zone);
      const anyMoment = fc.oneof(
        fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
        // Around the changes of the clocks.
        ...[
          '2026-03-29T01:00Z',
          '2026-10-25T01:00Z',
          '2026-03-08T07:00Z',
          '2026-11-01T06:00Z',
          '2026-10-03T15:30Z',
        ].map((at) => fc.integer({ min: Date.parse(at) - 8e7, max: Date.parse(at) + 8e7 })),
      );
      fc.assert(
        fc.property(anyMoment, (ms) => {
          const span = calendar.bandAt(ms);
          expect(span.band).toBe(bandByHand(ms, zone));
          expect(span.fromMs <= ms && ms < span.toMs).toBe(true);
          expect(bandByHand(span.toMs - 1, zone)).toBe(span.band);
        }),
        { numRuns: 400 },
      );
    },
  );

  it('splitting a call is rating it second by second', () => {
    const zone = 'Europe/Berlin';
    const steps = [
      { from: '0', price: { amount: '0.03', per: '1' }, increment: '1' },
      { from: '600', price: { amount: '0.01', per: '1' }, increment: '1' },
    ];
    const price = priceBy([rate({ band: 'night', amount: '', steps }), rate({ amount: '0.07' })]);
    const usagePlan = planOf(price, zone);
    const calendar = compileCalendar(week, zone);
    const starts = fc.oneof(
      fc.integer({ min: 0, max: 60 * 86_400 }).map((second) => Date.parse('2026-06-01') + second * 1000),
      fc
        .integer({ min: -9000, max: 9000 })
        .map((second) => Date.parse('2026-10-25T01:00Z') + second * 1000 + 250),
    );
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 30_000 }), (startMs, seconds) => {
        const counted = new Map<string, bigint>();
        for (let second = 0; second < seconds; second += 1) {
          const { band } = calendar.bandAt(startMs + second * 1000);
          const cell = `far/${band}/${band === 'night' && second >= 600 ? 1 : 0}`;
          counted.set(cell, (counted.get(cell) ?? 0n) + 1n);
        }
        const event = { ...call('2026-06-01', seconds), usedAt: new Date(startMs).toISOString() as Instant };
        const { state } = rateUsage({ buckets: [], counters: {} }, event, usagePlan);
        for (const [cell, units] of counted) expect(state.counters[`data-out#${cell}`]?.units).toBe(units);
        expect(Object.keys(state.counters)).toHaveLength(counted.size + 1);
      }),
      { numRuns: 60 },
    );
  });
});
