import { grantOf } from './balance.fixture';
import { usedOfRolled } from './group-change';
import type { GroupPeriod, StoredBucket } from './group-period';

const periodWith = (...buckets: Partial<StoredBucket>[]): GroupPeriod => ({
  lane: 1,
  cardGroupId: 'group',
  period: '2026-07',
  accountId: 'account',
  buckets: buckets.map((more) => ({
    ...grantOf('', 0n),
    remaining: 0n,
    bucketId: '',
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
