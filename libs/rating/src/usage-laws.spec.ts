import fc from 'fast-check';
import type { UsagePrice } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal, sumAmounts, type Instant } from '@ronghe/kernel';
import {
  amountModels,
  anyPrice,
  policies,
  rateModels,
  unitModels,
  unlimited,
} from '../test/any-price.fixture';
import { dataAllowance, local, lookupOf, plan, product, usage } from '../test/sample-offers';
import type { BucketGrant } from './entitlements';
import { recompute } from './explanation';
import { counterKeyOf } from './open-counters';
import { cellAmount } from './rate-parts';
import { ratePeriod } from './rate-period';
import { backOutUsage, rateUsage, type UsageEvent } from './rate-usage';
import { openState, type RatingState } from './rating-state';
import { UsageMeter } from './usage-meter';
import { usagePlanOf, type UsagePlan } from './usage-plan';
import { emptyCounter } from './usage-price';

const holding = product();
const anyModel = fc.oneof(unitModels, amountModels, rateModels);
const planOf = (price: UsagePrice) =>
  usagePlanOf({
    holding,
    holdings: [holding],
    offers: lookupOf(plan({ usagePrices: [price] })),
    usageClass: 'voice',
    usedAt: local('2026-06-01'),
    policies,
  });

const anyEvents: fc.Arbitrary<UsageEvent[]> = fc
  .array(
    fc.record({
      quantity: fc.oneof(fc.bigInt({ min: 0n, max: 5000n }), fc.bigInt({ min: 0n, max: 200_000n })),
      minute: fc.integer({ min: 0, max: 29 * 1440 }),
      peer: fc.constantFrom(null, '8613800000000', '85212345678', '12025550100', '4930123456'),
      preratedAmount: fc.bigInt({ min: 0n, max: 90_000_000n }).map(amountFromMicro),
      isLate: fc.boolean(),
      productId: fc.constantFrom('main', 'sub'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) =>
    rows.map(({ minute, ...row }, index) =>
      usage({
        ...row,
        usageClass: 'voice',
        usageId: `u${index}`,
        recordId: `r${index}`,
        usedAt: minutesInto(minute),
      }),
    ),
  );

function minutesInto(minute: number): Instant {
  return new Date(Date.parse(local('2026-06-01')) + minute * 60_000).toISOString() as Instant;
}

const anyGrants: fc.Arbitrary<BucketGrant[]> = fc
  .array(
    fc
      .record({
        quantity: fc.bigInt({ min: 0n, max: 3000n }),
        unit: fc.constantFrom('minute' as const, 'second' as const),
        priority: fc.integer({ min: 1, max: 3 }),
        rank: fc.constantFrom('base' as const, 'add-on' as const),
        zones: fc.constantFrom<string[] | null>(null, ['near'], ['near', 'far']),
        bands: fc.constantFrom<string[] | null>(null, ['night'], ['day', '']),
        memberCap: fc.constantFrom(null, 20n, 500n),
        increment: fc.constantFrom(null, 7n, 60n),
        isBlocker: fc.boolean(),
      })
      .map((more) => ({ ...grant, ...more })),
    { maxLength: 4 },
  )
  .map((grants) => grants.map((each, index) => ({ ...each, code: `b${index}` })));

const grant: BucketGrant = {
  code: '',
  label: dataAllowance().label,
  origin: 'base',
  productId: null,
  usageClasses: ['voice'],
  unit: 'minute',
  quantity: 0n,
  validFrom: local('2026-06-01'),
  validTo: local('2026-07-01'),
  priority: 1,
  rollover: null,
  ownerProductId: 'main',
  offeringCode: 'plan',
  offeringVersion: 1,
};

const empty: RatingState = { buckets: [], counters: {} };

describe('whatever the price, rating keeps the law of', () => {
  it('the whole: the events of a counter add up to R(price of all that it holds), within its limits', () => {
    fc.assert(
      fc.property(anyPrice(anyModel), anyEvents, (price, events) => {
        const usagePlan = planOf(price);
        const { rated, state } = ratePeriod(empty, events, () => usagePlan);
        const counter = state.counters[usagePlan.counterKey] ?? emptyCounter;
        expect(sumAmounts(rated.map(({ amount }) => amount))).toBe(usagePlan.price.cappedPriceOf(counter));
      }),
    );
  });

  it('cells: the parts in a cell add up to R(price of all seconds in it), those of an event to its amount', () => {
    fc.assert(
      fc.property(anyPrice(rateModels), anyEvents, (price, events) => {
        const usagePlan = planOf(price);
        const { rated, state } = ratePeriod(empty, events, () => usagePlan);
        const parts = rated.flatMap((each) => each.parts ?? []);
        for (const cell of new Set(parts.map((part) => part.cell))) {
          const [zone = '', band = '', step = ''] = cell.split('/');
          const rate = usagePlan.price.rates?.rateOf(zone, band);
          const counter = state.counters[counterKeyOf(usagePlan.counterKey, cell)] ?? emptyCounter;
          const inCell = parts.filter((part) => part.cell === cell).map(({ listAmount }) => listAmount);
          expect(rate && cellAmount(counter, rate, Number(step), usagePlan.price)).toBe(sumAmounts(inCell));
        }
        for (const each of rated)
          expect(sumAmounts((each.parts ?? []).map(({ amount }) => amount))).toBe(each.amount);
      }),
    );
  });

  it('conservation: granted = used + remaining; every unit is taken, charged or refused; caps of members hold', () => {
    fc.assert(
      fc.property(anyPrice(anyModel), anyGrants, anyEvents, (price, grants, events) => {
        const usagePlan = planOf(price);
        const { rated, state } = ratePeriod(openState(grants), events, () => usagePlan);
        for (const bucket of state.buckets) {
          const takes = rated.flatMap(({ productId, takes: all }) =>
            all.filter((take) => take.bucketCode === bucket.code).map(({ units }) => ({ productId, units })),
          );
          expect(sum(takes) + bucket.remaining).toBe(bucket.quantity);
          expect(bucket.remaining >= 0n).toBe(true);
          const members = sum(takes.filter(({ productId }) => productId === 'sub'));
          expect(bucket.memberCap == null || members <= bucket.memberCap).toBe(true);
        }
        for (const { takes, chargedUnits, blockedUnits = 0n, unitsTotal, parts = [] } of rated) {
          expect(sum(takes) + chargedUnits + blockedUnits).toBe(unitsTotal);
          if (usagePlan.price.rates && parts.length > 0)
            expect(parts.reduce((total, part) => total + part.unitsTotal, 0n)).toBe(unitsTotal);
        }
      }),
    );
  });

  it('explanation: with the trace on the same is reached, and the figures recompute', () => {
    fc.assert(
      fc.property(anyPrice(anyModel), anyGrants, anyEvents, (price, grants, events) => {
        const usagePlan = planOf(price);
        let state = openState(grants);
        for (const event of events) {
          const { rated, state: after } = rateUsage(state, event, usagePlan, { trace: true });
          const { trace, ...plain } = rated;
          expect(plain).toEqual(rateUsage(state, event, usagePlan).rated);
          expect(trace?.result).toBe(amountToDecimal(rated.amount));
          expect(trace && recompute(trace)).toBe(amountToDecimal(rated.amount));
          state = after;
        }
      }),
    );
  });

  it('order: the order of a file does not matter; rating again gives the same', () => {
    const shuffled = anyEvents.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(anyPrice(anyModel), anyGrants, shuffled, (price, grants, [events, others]) => {
        const rateAll = (given: UsageEvent[]) => ratePeriod(openState(grants), given, () => planOf(price));
        expect(rateAll(others)).toEqual(rateAll(events));
      }),
    );
  });

  it('one and many: a meter that rates many gives what one event after the other gives', () => {
    fc.assert(
      fc.property(anyPrice(anyModel), anyGrants, anyEvents, (price, grants, events) => {
        const usagePlan = planOf(price);
        const meter = new UsageMeter(openState(grants));
        let state = openState(grants);
        for (const event of events) {
          const step = rateUsage(state, event, usagePlan);
          expect(meter.rate(event, usagePlan)).toEqual(step.rated);
          state = step.state;
        }
        expect(meter.state()).toEqual(state);
      }),
    );
  });

  it('taking back: the event that was rated last leaves no trace', () => {
    fc.assert(
      fc.property(anyPrice(anyModel), anyGrants, anyEvents, (price, grants, events) => {
        const usagePlan: UsagePlan = planOf(price);
        let state = openState(grants);
        for (const event of events) {
          const step = rateUsage(state, event, usagePlan);
          const back = backOutUsage(step.state, step.rated);
          expect(back.buckets.map(({ remaining, memberUsed = {} }) => [remaining, memberUsed])).toEqual(
            state.buckets.map(({ remaining, memberUsed = {} }) => [remaining, memberUsed]),
          );
          expect(rateUsage(back, event, usagePlan).rated).toEqual(step.rated);
          state = step.state;
        }
      }),
    );
  });

  it('bounds: no usage costs nothing, negative usage is refused, 10^15 and more is rated', () => {
    const sizes = fc.constantFrom(10n ** 12n, 10n ** 15n, 10n ** 18n);
    fc.assert(
      fc.property(anyPrice(anyModel), sizes, (price, quantity) => {
        const usagePlan = planOf(price);
        const event = usage({ usageClass: 'voice', quantity, preratedAmount: amountFromMicro(5n) });
        const { rated } = rateUsage(empty, event, usagePlan);
        expect(rated.unitsTotal >= quantity / 60n).toBe(true);
        expect(rateUsage(empty, { ...event, quantity: 0n }, usagePlan)).toMatchObject({
          rated: { amount: 0n, unitsTotal: 0n, chargedUnits: 0n },
          state: empty,
        });
        expect(() => rateUsage(empty, { ...event, quantity: -1n }, usagePlan)).toThrow(
          expect.objectContaining({ code: 'usage_negative' }),
        );
      }),
    );
  });

  it('additivity: a linear price with increments of one charges a split call what it charges the whole', () => {
    const linear = anyPrice(unitModels.filter(({ kind }) => kind === 'per-unit')).map((price) => ({
      ...price,
      ...unlimited,
      unit: 'second' as const,
      increment: { initial: 1, repeat: 1 },
      connectFee: null,
      roundEvent: null,
    }));
    fc.assert(
      fc.property(linear, fc.array(fc.bigInt({ min: 0n, max: 900n }), { minLength: 1 }), (price, split) => {
        const usagePlan = planOf(price);
        const rateAll = (...quantities: bigint[]) =>
          ratePeriod(
            empty,
            quantities.map((quantity, index) =>
              usage({ usageClass: 'voice', quantity, recordId: `r${index}` }),
            ),
            () => usagePlan,
          ).rated.map(({ amount }) => amount);
        const whole = split.reduce((total, part) => total + part, 0n);
        expect(sumAmounts(rateAll(...split))).toBe(sumAmounts(rateAll(whole)));
      }),
    );
  });
});

function sum(takes: readonly { units: bigint }[]): bigint {
  return takes.reduce((total, { units }) => total + units, 0n);
}
