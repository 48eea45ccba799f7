import fc from 'fast-check';
import { UsageMeter } from '@ronghe/rating';
import { eventAt, grantOf, planFor } from './balance.fixture';
import { changeByUse, changeGroup, usedOfRolled } from './group-change';
import { ratingStateOf, type GroupPeriod, type StoredBucket } from './group-period';

const periodWith = (...buckets: Partial<StoredBucket>[]): GroupPeriod => ({
  lane: 1,
  cardGroupId: 'group',
  period: '2026-07',
  accountId: 'account',
  buckets: buckets.map((more) => ({
    ...grantOf('', 0n),
    remaining: 0n,
    bucketId: '',
    isMoved: false,
    reserved: 0n,
    memberReserved: null,
    ...more,
  })),
  counters: {},
  lastPlace: null,
  needsRerate: false,
});

it('counts what was used of a pack in all later periods, of what rolled over in the next one only', () => {
  const next = periodWith(
    { code: 'pack', origin: 'carried', quantity: 100n, remaining: 70n },
    { code: 'rolled/plan', origin: 'rolled', quantity: 20n, remaining: 5n },
    { code: 'plan', quantity: 50n, remaining: 10n },
  );
  const afterNext = periodWith(
    { code: 'pack', origin: 'carried', quantity: 70n, remaining: 10n },
    // Rolled over from the next period, not from this one.
    { code: 'rolled/plan', origin: 'rolled', quantity: 10n, remaining: 0n },
  );
  expect(usedOfRolled([next, { ...afterNext, period: '2026-08' }])).toEqual({ pack: 90n, plan: 15n });
  expect(usedOfRolled([])).toEqual({});
});

it('changes a group by use as if its whole state had been compared', () => {
  const plan = planFor('voice');
  const minutes = fc.integer({ min: 0, max: 40 });
  const buckets = fc.array(fc.record({ quantity: minutes, used: minutes, memberCap: fc.option(minutes) }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(buckets, fc.array(minutes, { minLength: 1, maxLength: 4 }), (of, calls) => {
      const group = periodWith(
        ...of.map(({ quantity, used, memberCap }, at) => ({
          code: `b${at}`,
          quantity: BigInt(quantity),
          remaining: BigInt(Math.max(0, quantity - used)),
          memberCap: memberCap === null ? null : BigInt(memberCap),
          reserved: 1n,
        })),
      );
      const meter = new UsageMeter(ratingStateOf(group));
      const rated = calls.map((each, at) => meter.rate(eventAt(`call ${at}`, at, each), plan));
      // The first one is rated anew, as a session's line is.
      if (rated[0]) meter.backOut(rated[0]);
      meter.rate(eventAt('call 0', 0, 50), plan);
      const how = { lastPlace: null, needsRerate: false };
      const byState = changeGroup(group, { ...how, state: meter.state(), use: 'use' });
      const byUse = changeByUse(group, meter, how);
      // Only where what is left will stand differs.
      const asInRows = <B extends object>(all: readonly B[]): B[] =>
        all.map((each) => ({ ...each, isMoved: false }));
      expect(asInRows(byUse.changedBuckets)).toMatchObject(byState.changedBuckets);
      expect({ ...byUse.group, buckets: asInRows(byUse.group.buckets) }).toMatchObject(byState.group);
      expect(byUse.entries).toEqual(byState.entries);
      const isKept = (at: number): boolean => byUse.group.buckets[at] === group.buckets[at];
      expect(group.buckets.map((_, at) => isKept(at))).toEqual(
        group.buckets.map(({ code }) => !byState.changedBuckets.some((bucket) => bucket.code === code)),
      );
    }),
  );
});
