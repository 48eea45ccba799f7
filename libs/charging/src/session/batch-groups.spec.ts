import type { GroupPeriod } from '../balance/group-period';
import { BatchGroups } from './batch-groups';

const groupOf = (cardGroupId: string, period: string): GroupPeriod => ({
  ...{ lane: 1, cardGroupId, period, accountId: 'account' },
  ...{ buckets: [], counters: {}, lastPlace: null, needsRerate: false },
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
});
