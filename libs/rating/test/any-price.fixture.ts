import fc from 'fast-check';
import type { CalendarPolicy, UsagePrice, UsagePriceModel, ZonePlanPolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import type { RatingPolicies } from '../src/usage-plan';
import { dataPrice } from './sample-offers';

/** Prices of every model, drawn at random, with the policies that they look things up in. Nobody's tariff. */

const label = (text: string) => ({ en: text, 'zh-CN': text });
const decimal = (maximum: number) => fc.integer({ min: 0, max: maximum }).map((n) => (n / 100).toFixed(2));
const positive = (maximum: number) => fc.integer({ min: 1, max: maximum }).map((n) => (n / 100).toFixed(2));
const unitPrice = fc.record({ amount: positive(90), per: fc.constantFrom('1', '7', '60') });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** Ends that rise, the last one open. */
const tierEnds = fc
  .uniqueArray(fc.integer({ min: 1, max: 3000 }), { minLength: 0, maxLength: 3 })
  .map((ends) => [...ends.sort((a, b) => a - b).map(String), null]);

function tiersOf<T>(tier: fc.Arbitrary<T>): fc.Arbitrary<(T & { upTo: string | null })[]> {
  return tierEnds.chain((ends) =>
    fc
      .array(tier, { minLength: ends.length, maxLength: ends.length })
      .map((tiers) => tiers.map((each, index) => ({ ...each, upTo: ends[index] ?? null }))),
  );
}

/** Models that price units. */
export const unitModels: fc.Arbitrary<UsagePriceModel> = fc.oneof(
  fc.record({ kind: fc.constant('flat' as const), amount: positive(90) }),
  fc.record({ kind: fc.constant('per-unit' as const), price: unitPrice }),
  fc.record({
    kind: fc.constant('repeating-step' as const),
    price: unitPrice,
    blockUnits: fc.constantFrom('10', '1000'),
    blockMaximum: positive(300),
  }),
  fc.record({
    kind: fc.constant('package' as const),
    price: positive(300),
    size: fc.constantFrom('1', '50', '333'),
    rounding: fc.constantFrom('up' as const, 'down' as const),
  }),
  fc.record({
    kind: fc.constant('graduated' as const),
    tiers: tiersOf(fc.record({ price: unitPrice, flat: decimal(100), maximum: maybe(positive(500)) })),
  }),
  fc.record({
    kind: fc.constant('volume' as const),
    tiers: tiersOf(fc.record({ price: unitPrice, flat: decimal(100) })),
  }),
);

/** Models that price the amounts of events. */
export const amountModels: fc.Arbitrary<UsagePriceModel> = fc.oneof(
  fc.record({
    kind: fc.constant('percentage' as const),
    percent: decimal(4000),
    fixedPerEvent: decimal(50),
    minimumPerEvent: maybe(decimal(30)),
    maximumPerEvent: maybe(fc.constantFrom('1.00', '40.00')),
    freeEvents: fc.constantFrom('0', '2'),
    freeAmount: maybe(decimal(9000)),
  }),
  fc.record({
    kind: fc.constant('graduated-percentage' as const),
    tiers: tiersOf(fc.record({ percent: decimal(4000), flat: decimal(100) })),
  }),
  fc.record({ kind: fc.constant('dynamic' as const), multiplier: decimal(300) }),
);

const steps = fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { maxLength: 2 }).chain((later) =>
  fc.tuple(
    ...[0, ...later.sort((a, b) => a - b)].map((from) =>
      fc.record({
        from: fc.constant(String(from)),
        price: unitPrice,
        increment: fc.constantFrom('1', '1', '6', '60'),
      }),
    ),
  ),
);

const rate = fc.record({
  zone: maybe(fc.constantFrom('near', 'far')),
  band: maybe(fc.constantFrom('day', 'night')),
  steps,
  connectFee: maybe(decimal(30)),
  maximumPerEvent: fc.constant(null as string | null),
});

/** Rates by zone, band and step; the last rate fits everything. */
export const rateModels: fc.Arbitrary<UsagePriceModel> = fc
  .tuple(fc.array(rate, { maxLength: 3 }), rate, fc.boolean(), fc.boolean())
  .map(([rates, last, hasPlan, hasCalendar]) => ({
    kind: 'rates' as const,
    rates: {
      zonePlan: hasPlan ? 'world' : null,
      calendar: hasCalendar ? 'week' : null,
      rates: [...rates, { ...last, zone: null, band: null }],
    },
  }));

/** What a price may have beside its model. */
const around = fc.record({
  connectFee: maybe(decimal(30)),
  cap: maybe(fc.constantFrom('5.00', '80.00').map((amount) => ({ amount, action: 'stop' as const }))),
  freeUnits: fc.constantFrom(undefined, '0', '3', '400'),
  minimumSpend: maybe(decimal(400)),
  maximumSpend: maybe(positive(9000)),
  roundEvent: maybe(
    fc.record({
      decimals: fc.integer({ min: 0, max: 4 }),
      mode: fc.constantFrom('half-away-from-zero' as const, 'up' as const, 'down' as const),
    }),
  ),
});

/** A price of calls in minutes by any of the models, counted in increments. */
export function anyPrice(models: fc.Arbitrary<UsagePriceModel>): fc.Arbitrary<UsagePrice> {
  return fc
    .tuple(models, around, fc.constantFrom([1, 1], [60, 60], [30, 6]), fc.constantFrom('minute', 'second'))
    .map(([model, { freeUnits, ...limits }, [initial = 1, repeat = 1], unit]) => ({
      ...dataPrice({ usageClass: 'voice', unit: unit as UsagePrice['unit'], model }),
      ...limits,
      ...(freeUnits !== undefined && { freeUnits }),
      increment: { initial, repeat },
    }));
}

/** Bounds that make a sum differ from what its events are worth by themselves. */
export const unlimited = { cap: null, minimumSpend: null, maximumSpend: null } as const;

const head = { version: 1, effectiveFrom: parseLocalDate('2026-01-01'), effectiveTo: null };

export const world: ZonePlanPolicy = {
  kind: 'zone-plan',
  code: 'world',
  ...head,
  zones: [
    { code: 'near', label: label('near'), prefixes: ['85', '86'] },
    { code: 'far', label: label('far'), prefixes: ['1', '852', '8613'] },
  ],
};

export const week: CalendarPolicy = {
  kind: 'calendar',
  code: 'week',
  ...head,
  holidays: [parseLocalDate('2026-06-19')],
  bands: [
    {
      code: 'night',
      label: label('night'),
      days: [1, 2, 3, 4, 5, 6, 7, 'holiday'],
      from: '22:00',
      to: '07:00',
    },
    { code: 'day', label: label('day'), days: [1, 2, 3, 4, 5], from: '08:00', to: '18:30' },
  ],
};

/** World and week, in force always. */
export const policies: RatingPolicies = {
  zonePlan: (code) => (code === 'world' ? { document: world, from: head.effectiveFrom, to: null } : null),
  calendar: (code) => (code === 'week' ? { document: week, from: head.effectiveFrom, to: null } : null),
};
