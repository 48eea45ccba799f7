import fc from 'fast-check';
import { amountFromMicro } from '@ronghe/kernel';
import { openState, rateUsage, type BucketGrant } from '@ronghe/rating';
import { eventOf, outcomeOf, type StoredUsage } from '../usage/rated-usage';
import { contributionOf, sumChanges } from '../usage/usage-totals';
import { anyId, eventAt, grantOf, planFor } from './balance.fixture';
import { changeGroup, movesRollover, usedOfRolled } from './group-change';
import type { GroupPeriod } from './group-period';
import { settleGroup } from './settle-group';

const plan = planFor('voice');
const key = { lane: 7, cardGroupId: 'group', period: '2026-06', accountId: 'account' };
const empty: GroupPeriod = { ...key, buckets: [], counters: {}, lastPlace: null, needsRerate: false };
const minutes = grantOf('plan/voice', 60n, { rollover: { periods: 1, cap: null, order: 'before-base' } });

function open(grants: readonly BucketGrant[]): GroupPeriod {
  return changeGroup(empty, { state: openState(grants), use: 'use', lastPlace: null, needsRerate: false })
    .group;
}

/** Rates records as they come, without regard to their order. */
function rateAsDelivered(
  group: GroupPeriod,
  records: readonly { id: number; minute: number; minutes: number }[],
) {
  const usage: StoredUsage[] = [];
  let state = { buckets: group.buckets, counters: group.counters } as Parameters<typeof rateUsage>[0];
  for (const { id, minute, minutes: length } of records) {
    const event = eventAt(`r${id}`, minute, length);
    const step = rateUsage(state, event, plan);
    state = step.state;
    usage.push({
      ...event,
      ...outcomeOf(step.rated, plan),
      ...key,
      card: 'main',
      fileId: null,
      peer: null,
      revision: 1,
    });
  }
  const change = changeGroup(group, { state, use: 'use', lastPlace: null, needsRerate: true });
  return { usage, change };
}

const records = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 50 }),
    minute: fc.integer({ min: 0, max: 20 }),
    minutes: fc.integer({ min: 0, max: 30 }),
  }),
  { selector: (record) => record.id, maxLength: 12 },
);

describe('settling a card group', () => {
  it('ends where the canonical order would have led, with totals and entries to match; again it changes nothing', () => {
    fc.assert(
      fc.property(records, (drawn) => {
        const { usage, change } = rateAsDelivered(open([minutes]), drawn);
        const settle = (group: GroupPeriod, of: readonly StoredUsage[]) =>
          settleGroup({ group, later: [], grants: [minutes], usage: of, planOf: () => plan });
        const settled = settle(change.group, usage);

        const inOrder = [...drawn].sort((a, b) => a.minute - b.minute || (`r${a.id}` < `r${b.id}` ? -1 : 1));
        const straight = rateAsDelivered(open([minutes]), inOrder);
        const results = new Map(straight.usage.map((each) => [each.recordId, each.amount]));
        const after = usage.map(
          (each) => settled.changedUsage.find(({ usageId }) => usageId === each.usageId) ?? each,
        );
        for (const each of after) expect(each.amount).toBe(results.get(each.recordId));
        expect(settled.change.group.buckets[0]?.remaining).toBe(straight.change.group.buckets[0]?.remaining);

        const totalOf = (of: readonly StoredUsage[]) => of.reduce((sum, each) => sum + each.amount, 0n);
        expect(settled.amountDelta).toBe(totalOf(after) - totalOf(usage));
        const changed = sumChanges([
          ...usage.map((each) => contributionOf(each, each)),
          ...settled.totalChanges,
        ]);
        expect(changed).toEqual(sumChanges(after.map((each) => contributionOf(each, each))));

        const again = settle(settled.change.group, after);
        expect([again.changedUsage, again.change.entries, again.totalChanges]).toEqual([[], [], []]);
      }),
    );
  });

  it('withdraws a bucket that is no longer granted and gives its usage to the next one', () => {
    const { usage, change } = rateAsDelivered(open([minutes]), [{ id: 1, minute: 1, minutes: 50 }]);
    const bundle = grantOf('bundle/voice', 40n);
    const { change: after, changedUsage } = settleGroup({
      group: change.group,
      later: [],
      grants: [bundle],
      usage,
      planOf: () => plan,
    });
    expect(after.group.buckets.map(({ code, quantity, remaining }) => [code, quantity, remaining])).toEqual([
      ['plan/voice', 0n, 0n],
      ['bundle/voice', 40n, 0n],
    ]);
    expect(after.entries).toEqual([
      { bucketCode: 'bundle/voice', kind: 'grant', delta: 40n },
      { bucketCode: 'bundle/voice', kind: 'rerate', delta: -40n },
      { bucketCode: 'plan/voice', kind: 'grant', delta: -60n },
      { bucketCode: 'plan/voice', kind: 'rerate', delta: 50n },
    ]);
    expect(changedUsage.map(({ unitsCharged }) => unitsCharged)).toEqual([10n]);
    expect(movesRollover(after)).toBe(true);
  });
});

it('keeps buckets known by their ids and adds up what was used of rolled ones', () => {
  const first = open([minutes]);
  const state = { buckets: [{ ...minutes, remaining: 20n }], counters: {} };
  const second = changeGroup(first, { state, use: 'use', lastPlace: null, needsRerate: false });
  expect(second.group.buckets[0]?.bucketId).toBe(first.buckets[0]?.bucketId);
  expect(second.entries).toEqual([{ bucketCode: 'plan/voice', kind: 'use', delta: -40n }]);
  const rolled = {
    ...grantOf('rolled/plan/voice', 30n, { origin: 'rolled' }),
    remaining: 12n,
    bucketId: anyId(),
    isMoved: false,
    reserved: 0n,
    memberReserved: null,
  };
  expect(usedOfRolled([{ ...first, buckets: [rolled] }])).toEqual({ 'plan/voice': 18n });
});

it('takes a fact for an event as it is', () => {
  const { usage } = rateAsDelivered(open([]), [{ id: 1, minute: 1, minutes: 7 }]);
  expect(usage.map(eventOf)).toEqual([eventAt('r1', 1, 7)]);
  expect(usage[0]?.amount).toBe(amountFromMicro(1_000_000n));
});
