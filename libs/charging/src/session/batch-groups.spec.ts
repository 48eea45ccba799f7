import { zeroAmount } from '@ronghe/kernel';
import type { GroupPeriod } from '../balance/group-period';
import type { TotalChange } from '../usage/usage-totals';
import { BatchGroups } from './batch-groups';

const groupOf = (cardGroupId: string, period: string): GroupPeriod => ({
  ...{ lane: 1, cardGroupId, period, accountId: 'account' },
  ...{ buckets: [], counters: {}, lastPlace: null, needsRerate: false },
});

const changeOf = (accountId: string): TotalChange => ({
  ...{ lane: 1, accountId, period: '2026-06', productId: 'p', card: 'main', chargeCode: 'data' },
  ...{ chargeClass: 'data', taxClass: 'data', offeringCode: 'plan', offeringVersion: 1, unit: 'kb' },
  ...{ amount: zeroAmount, eventCount: 1, unitsTotal: 5n, unitsFromAllowance: 5n, unitsCharged: 0n },
});

describe('groups of a batch', () => {
  it('are found by card group and period, and say what has changed of which', () => {
    const read = [groupOf('a', '2026-06'), groupOf('b', '2026-06'), groupOf('a', '2026-07')];
    const groups = new BatchGroups(read);
    expect(groups.find({ cardGroupId: 'a', period: '2026-07' })).toBe(read[2]);
    expect(groups.find({ cardGroupId: 'b', period: '2026-07' })).toBeUndefined();
    const after = { ...groupOf('a', '2026-07'), needsRerate: true };
    groups.keep(after);
    expect(groups.find({ cardGroupId: 'a', period: '2026-07' })).toBe(after);
    expect(groups.find({ cardGroupId: 'a', period: '2026-06' })).toBe(read[0]);
    expect(groups.changed()).toEqual([{ before: read[2], after }]);
  });

  it('hold the totals of their own account, and tell those of others apart', () => {
    const read = [groupOf('a', '2026-06'), groupOf('b', '2026-06')];
    const groups = new BatchGroups(read);
    const [own, others] = [changeOf('account'), changeOf('member')];
    for (const totals of [[own, others], [own]]) groups.keep({ ...groupOf('a', '2026-06') }, totals);
    expect(groups.changed()).toMatchObject([
      {
        before: read[0],
        after: { totals: [{ ...own, eventCount: 2, unitsTotal: 10n, unitsFromAllowance: 10n }] },
      },
    ]);
    const place = { lane: 1, period: '2026-06' };
    expect(groups.totals()).toMatchObject({
      totals: [others],
      changedTotals: [
        { ...place, accountId: 'account' },
        { ...place, accountId: 'member' },
      ],
    });
  });
});
