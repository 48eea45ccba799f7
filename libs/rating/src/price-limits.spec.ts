import type { DiscountPolicy, UsagePrice } from '@ronghe/contracts';
import { amountFromDecimal, amountToDecimal, parseLocalDate, sumAmounts, type Instant } from '@ronghe/kernel';
import fc from 'fast-check';
import { amountModels, anyPrice, policies, rateModels, unitModels } from '../test/any-price.fixture';
import { local, lookupOf, plan, product, usage, voicePrice } from '../test/sample-offers';
import { recompute } from './explanation';
import { ratePeriod } from './rate-period';
import { backOutUsage, rateUsage, type RatedUsage, type UsageEvent } from './rate-usage';
import type { RatingState } from './rating-state';
import { usagePlanOf, type UsagePlan } from './usage-plan';

/** What limits the spending of a period, where not all of the period is charged at one price. */

const holding = product();
const empty: RatingState = { buckets: [], counters: {} };
const change = local('2026-06-11');

const perMinute = (amount: string, limits: Partial<UsagePrice>): UsagePrice =>
  voicePrice({ model: { kind: 'per-unit', price: { amount, per: '1' } }, ...limits });

function planOf(
  price: UsagePrice,
  usedAt = local('2026-06-01'),
  useDiscounts: DiscountPolicy[] = [],
): UsagePlan {
  return usagePlanOf({
    ...{ holding, holdings: [holding], offers: lookupOf(plan({ usagePrices: [price] })) },
    ...{ usageClass: 'voice', usedAt, policies, useDiscounts },
  });
}

/** Half of everything for who pays as it uses, from the day of the change on. */
const half: DiscountPolicy = {
  ...{ kind: 'discount', code: 'half', version: 1 },
  ...{ effectiveFrom: parseLocalDate('2026-06-11'), effectiveTo: null },
  ...{ label: { en: 'half', 'zh-CN': '半价' }, scope: 'account', when: [], takes: { percent: '50' } },
  ...{ prepaid: 'on-use', on: { chargeClasses: null, specifications: null } },
  ...{ priority: 1, exclusiveGroup: null, maximum: null },
} as DiscountPolicy;

/** A call of so many minutes. */
const call = (usageId: string, minutes: number, usedAt: Instant): UsageEvent =>
  usage({ usageClass: 'voice', usageId, recordId: usageId, quantity: BigInt(minutes) * 60n, usedAt });

interface Case {
  name: string;
  from: string;
  to: string;
  limits: Partial<UsagePrice>;
  minutes?: [number, number];
  amounts: [string, string];
  isZeroed?: boolean;
  discounts?: DiscountPolicy[];
}

const stopAt = (amount: string): Partial<UsagePrice> => ({ cap: { amount, action: 'stop' } });
const cases: Case[] = [
  {
    ...{ name: 'a cheaper price leaves what was spent against the maximum', from: '0.20', to: '0.10' },
    ...{ limits: { maximumSpend: '10.00' }, amounts: ['10.00', '0.00'] },
  },
  {
    ...{ name: 'a cheaper price does not start again what has stopped', from: '0.20', to: '0.10' },
    ...{ limits: stopAt('10.00'), amounts: ['10.00', '0.00'], isZeroed: true },
  },
  {
    ...{ name: 'a dearer price is charged up to the maximum', from: '0.10', to: '0.20' },
    ...{ limits: { maximumSpend: '10.00' }, amounts: ['6.00', '4.00'] },
  },
  {
    ...{ name: 'a dearer price is charged up to where it stops', from: '0.10', to: '0.20' },
    ...{ limits: stopAt('10.00'), amounts: ['6.00', '4.00'], isZeroed: false },
  },
  {
    ...{ name: 'a discount that begins within the period', from: '0.20', to: '0.20', discounts: [half] },
    ...{ limits: { maximumSpend: '10.00' }, amounts: ['10.00', '0.00'] },
  },
  {
    ...{ name: 'a cheaper price is charged where the minimum is reached', from: '0.20', to: '0.10' },
    ...{ limits: { minimumSpend: '5.00' }, minutes: [40, 10], amounts: ['8.00', '1.00'] },
  },
  {
    ...{ name: 'a dearer price is charged beyond the minimum alone', from: '0.10', to: '0.20' },
    ...{ limits: { minimumSpend: '5.00' }, minutes: [40, 10], amounts: ['5.00', '1.00'] },
  },
];

describe('a price that changes within the period', () => {
  it.each(cases)('$name', ({ from, to, limits, minutes = [60, 100], amounts, isZeroed, discounts }) => {
    const [before, after] = [
      planOf(perMinute(from, limits), local('2026-06-01'), discounts),
      planOf(perMinute(to, limits), change, discounts),
    ];
    const events = [
      call('first', minutes[0], local('2026-06-05')),
      call('second', minutes[1], local('2026-06-15')),
    ];
    const { rated } = ratePeriod(empty, events, ({ usedAt }) => (usedAt < change ? before : after));
    expect(rated.map(({ amount }) => amountToDecimal(amount))).toEqual(amounts);
    if (isZeroed !== undefined) expect(rated[1]).toMatchObject({ zeroedByCap: isZeroed, capReached: true });
  });

  it('says so: what was spent before, and what the maximum leaves', () => {
    const [cheap, dear] = ['0.10', '0.20'].map((amount) =>
      planOf(perMinute(amount, { maximumSpend: '10.00' })),
    ) as [UsagePlan, UsagePlan];
    const { state } = rateUsage(empty, call('first', 60, local('2026-06-05')), cheap);
    const { rated } = rateUsage(state, call('second', 100, local('2026-06-15')), dear, { trace: true });
    const said = rated.trace?.steps.map(({ text }) => text.en) ?? [];
    expect(said.slice(-4)).toEqual([
      'with 6.00 before: 26.00 in this period',
      'at most 10.00: 10.00',
      'with 6.00 before: 6.00 in this period',
      'less what was charged before: 4.00',
    ]);
  });
});

describe('a price without limits between two parts of one with a maximum', () => {
  const [limited, free] = [
    planOf(perMinute('0.10', { maximumSpend: '10.00' })),
    planOf(perMinute('0.20', {})),
  ];
  const rateAll = (...calls: [minutes: number, plan: UsagePlan][]) => {
    let state = empty;
    return calls.map(([minutes, usagePlan], index) => {
      const step = rateUsage(state, call(`u${index}`, minutes, local(`2026-06-0${index + 1}`)), usagePlan, {
        trace: true,
      });
      expect(step.rated.trace && recompute(step.rated.trace)).toBe(amountToDecimal(step.rated.amount));
      state = step.state;
      return amountToDecimal(step.rated.amount);
    });
  };

  it('is charged in full, and counts against the maximum', () => {
    expect(rateAll([60, limited], [10, free], [100, limited])).toEqual(['6.00', '2.00', '2.00']);
    expect(rateAll([60, limited], [100, free], [100, limited])).toEqual(['6.00', '20.00', '0.00']);
  });

  it('counts at the price of the first event under the maximum where it came before', () => {
    expect(rateAll([50, free], [100, limited])).toEqual(['10.00', '5.00']);
  });
});

describe('what was stored before counters kept what events are worth', () => {
  const usagePlan = planOf(perMinute('0.10', { maximumSpend: '10.00' }));
  const stored: RatingState = {
    buckets: [],
    counters: { [usagePlan.counterKey]: { units: 60n, events: 1n } },
  };
  const { productId } = holding;
  const old = { productId, counterKey: usagePlan.counterKey, takes: [], chargedUnits: 60n };

  it('is taken as worth what it is at the price of the next event', () => {
    const { rated, state } = rateUsage(stored, call('next', 50, local('2026-06-15')), usagePlan);
    expect(amountToDecimal(rated.amount)).toBe('4.00');
    expect(state.counters[usagePlan.counterKey]?.spent).toBe(amountFromDecimal('11.00'));
  });

  it('can be taken back, whatever came after it', () => {
    const next = rateUsage(stored, call('next', 50, local('2026-06-15')), usagePlan);
    const without = backOutUsage(next.state, old);
    expect(without.counters[usagePlan.counterKey]).toEqual({ units: 50n, events: 1n });
    // 50 minutes are 5.00: as much again is left of the maximum.
    const again = rateUsage(without, call('again', 90, local('2026-06-16')), usagePlan);
    expect(amountToDecimal(again.rated.amount)).toBe('5.00');
    const nothing = backOutUsage(backOutUsage(again.state, again.rated), next.rated);
    expect(nothing.counters[usagePlan.counterKey]).toEqual({ units: 0n, events: 0n });
  });

  it('is left as it was where a price limits nothing', () => {
    const plain = planOf(perMinute('0.10', {}));
    const { rated, state } = rateUsage(stored, call('next', 50, local('2026-06-15')), plain);
    expect(rated.parts).toBeUndefined();
    expect(state.counters[plain.counterKey]).toEqual({ units: 110n, events: 2n });
  });
});

describe('whatever two prices follow each other under the same limits, rating keeps the law of', () => {
  const limits = fc.record({
    cap: fc.constantFrom(null, { amount: '7.00', action: 'stop' as const }),
    minimumSpend: fc.constantFrom(null, '2.00'),
    maximumSpend: fc.constantFrom('5.00', '40.00'),
  });
  const prices = fc
    .tuple(anyPrice(fc.oneof(unitModels, amountModels, rateModels)), anyPrice(unitModels), limits)
    .map(([first, second, limit]) =>
      [first, second].map((price) => ({ ...price, ...limit, counter: 'product' as const, code: 'calls' })),
    );
  const anyEvents = fc
    .array(
      fc.record({
        quantity: fc.bigInt({ min: 0n, max: 9000n }),
        hour: fc.integer({ min: 0, max: 29 * 24 - 1 }),
        isLate: fc.boolean(),
        preratedAmount: fc.integer({ min: 0, max: 9 }).map((n) => amountFromDecimal(`${n}.35`)),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((rows) =>
      rows.map(({ hour, ...row }, index) =>
        usage({
          ...{ ...row, usageClass: 'voice', usageId: `u${index}`, recordId: `r${index}` },
          usedAt: new Date(Date.parse(local('2026-06-01')) + hour * 3_600_000).toISOString() as Instant,
        }),
      ),
    );
  const plansOf = (pair: UsagePrice[]) => {
    const [before, after] = pair.map((price) => planOf(price)) as [UsagePlan, UsagePlan];
    return ({ usedAt }: UsageEvent) => (usedAt < change ? before : after);
  };
  const total = (rated: readonly RatedUsage[]) => sumAmounts(rated.map(({ amount }) => amount));

  it('the maximum: all events together never cost more, and cost it once they are worth it', () => {
    fc.assert(
      fc.property(prices, anyEvents, (pair, events) => {
        const of = plansOf(pair);
        const { rated, state } = ratePeriod(empty, events, of);
        const [price] = pair;
        const most = [price?.maximumSpend, price?.cap?.amount].flatMap((each) =>
          each ? [amountFromDecimal(each)] : [],
        );
        for (const each of most) expect(total(rated) <= each).toBe(true);
        const usagePlan = of(events[0] as UsageEvent);
        const counter = state.counters[usagePlan.counterKey];
        if (counter) expect(total(rated)).toBe(usagePlan.price.cappedPriceOf(counter));
      }),
    );
  });

  it('order: canonical order decides, not that of a file', () => {
    const shuffled = anyEvents.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(prices, shuffled, (pair, [events, others]) => {
        expect(ratePeriod(empty, others, plansOf(pair))).toEqual(ratePeriod(empty, events, plansOf(pair)));
      }),
    );
  });

  it('taking back: the last event leaves no trace, and all of them nothing', () => {
    fc.assert(
      fc.property(prices, anyEvents, (pair, events) => {
        const of = plansOf(pair);
        const steps: { state: RatingState; rated: RatedUsage }[] = [];
        let state = empty;
        for (const event of events) {
          const step = rateUsage(state, event, of(event));
          expect(counted(backOutUsage(step.state, step.rated))).toEqual(counted(state));
          expect(rateUsage(backOutUsage(step.state, step.rated), event, of(event)).rated).toEqual(step.rated);
          steps.push({ state, rated: step.rated });
          state = step.state;
        }
        for (const { state: before, rated } of steps.toReversed()) {
          state = backOutUsage(state, rated);
          expect(counted(state)).toEqual(counted(before));
        }
        expect(counted(state)).toEqual({});
      }),
    );
  });

  it('explanation: the figures recompute', () => {
    fc.assert(
      fc.property(prices, anyEvents, (pair, events) => {
        let state = empty;
        for (const event of events) {
          const { rated, state: after } = rateUsage(state, event, plansOf(pair)(event), { trace: true });
          expect(rated.trace && recompute(rated.trace)).toBe(amountToDecimal(rated.amount));
          state = after;
        }
      }),
    );
  });
});

/** Counters of which anything is counted; a price of nothing is as good as none. */
function counted({ counters }: RatingState): object {
  return Object.fromEntries(
    Object.entries(counters).flatMap(([key, { units, events, amount = 0n, price, spent = 0n }]) => {
      const exact = price ? [price.numerator, price.denominator] : [0n, 1n];
      const figures = [units, events, amount, spent, ...(exact[0] === 0n ? [0n] : exact)];
      return figures.every((figure) => figure === 0n) ? [] : [[key, figures] as const];
    }),
  );
}
