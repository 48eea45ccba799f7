import fc from 'fast-check';
import {
  openState,
  ratePeriod,
  rateUsage,
  rollover,
  type BucketGrant,
  type UsageEvent,
} from '@ronghe/rating';
import { comparePlaces } from './canonical-order';
import { eventAt, grantOf, june, planFor } from './balance.fixture';
import { explainUsage } from './explain-usage';
import { backOut, replay } from './replay';

const plan = planFor('voice');
const planOf = () => plan;
const rolling: BucketGrant = grantOf('plan/voice', 100n, {
  rollover: { periods: 1, cap: null, order: 'before-base' },
});
const events = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 99 }),
    minute: fc.integer({ min: 0, max: 30 }),
    minutes: fc.integer({ min: 0, max: 40 }),
    isLate: fc.boolean(),
  }),
  { selector: (event) => event.id, maxLength: 20 },
);
const toEvents = (drawn: { id: number; minute: number; minutes: number; isLate: boolean }[]): UsageEvent[] =>
  drawn.map(({ id, minute, minutes, isLate }) => eventAt(`r${id}`, minute, minutes, { isLate }));

describe('rating a period again', () => {
  it('gives the same result whatever the order, and conserves what was granted', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 120 }), (drawn, used) => {
        const given = toEvents(drawn);
        const question = {
          grants: [rolling],
          events: given,
          planOf,
          usedNextPeriod: { 'plan/voice': BigInt(used) },
        };
        const result = replay(question);
        expect(replay({ ...question, events: [...given].reverse() })).toEqual(result);
        const taken = result.rated.flatMap(({ takes }) => takes).reduce((sum, take) => sum + take.units, 0n);
        expect(taken + (result.state.buckets[0]?.remaining ?? 0n)).toBe(100n);
        const charged = result.rated.reduce((sum, each) => sum + each.amount, 0n);
        expect(charged).toBe(
          plan.price.priceOf(result.state.counters['voice-out'] ?? { units: 0n, events: 0n }),
        );
      }),
    );
  });

  it('leaves late usage only what the next period has not used of what was rolled over', () => {
    const early = eventAt('r1', 1, 30);
    const late = eventAt('r0', 0, 60, { isLate: true });
    const { rated, state } = replay({
      grants: [rolling],
      events: [late, early],
      planOf,
      usedNextPeriod: { 'plan/voice': 50n },
    });
    expect(rated.map(({ usageId, takes, chargedUnits }) => [usageId, takes[0]?.units, chargedUnits])).toEqual(
      [
        ['r1', 30n, 0n],
        ['r0', 20n, 40n],
      ],
    );
    // What the next period has used is still there to be rolled over.
    const july = {
      key: '2026-07',
      from: june.to,
      to: june.to,
      firstDay: '2026-07-01',
      endDay: '2026-08-01',
      days: 31,
    } as never;
    expect(rollover(state, july)[0]?.quantity).toBe(50n);
  });

  it('explains each event with the amount that it has', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 60 }), (drawn, used) => {
        const question = {
          grants: [rolling],
          events: toEvents(drawn),
          planOf,
          usedNextPeriod: { 'plan/voice': BigInt(used) },
        };
        for (const { usageId, amount, takes } of replay(question).rated) {
          expect(explainUsage(question, usageId)).toMatchObject({ amount, takes });
        }
      }),
    );
  });
});

it('backs out the event that was rated last exactly', () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 0, max: 200 }), (drawn, minutes) => {
      const before = ratePeriod(openState([rolling]), toEvents(drawn), planOf).state;
      const last = rateUsage(before, eventAt('last', 40, minutes), plan);
      const after = backOut(last.state, last.rated);
      expect(after.buckets).toEqual(before.buckets);
      expect(after.counters['voice-out'] ?? { units: 0n, events: 0n }).toEqual(
        before.counters['voice-out'] ?? { units: 0n, events: 0n },
      );
    }),
  );
});

it('has the canonical order of the engine', () => {
  fc.assert(
    fc.property(events, (drawn) => {
      const given = toEvents(drawn);
      const { rated } = ratePeriod(openState([rolling]), given, planOf);
      expect([...given].sort(comparePlaces).map((event) => event.usageId)).toEqual(
        rated.map((each) => each.usageId),
      );
    }),
  );
});
