import { groupWith, type GroupPeriod, type GroupPeriodKey } from '../balance/group-period';
import { withChanges } from '../usage/group-totals';
import { touchedBy, type TotalChange } from '../usage/usage-totals';
import type { BatchWrites } from './batch-state';

/** A card group's period as it was read, and as it shall be. */
export interface GroupDecided {
  before: GroupPeriod;
  after: GroupPeriod;
}

/** While the batch decides: what sessions added to totals is put into the group at the end. */
interface GroupAtWork extends GroupDecided {
  totals: TotalChange[];
}

/**
 * The card groups' periods of a batch while it decides: each request sees what those before it left. They are found by the card
 * group, which nearly always has one: a text of both would have to be put together and hashed for every question.
 */
export class BatchGroups {
  private readonly all: GroupAtWork[] = [];
  private readonly byCardGroup = new Map<string, GroupAtWork[]>();

  constructor(groups: Iterable<GroupPeriod>) {
    for (const group of groups) {
      const decided = { before: group, after: group, totals: [] };
      this.all.push(decided);
      const others = this.byCardGroup.get(group.cardGroupId);
      if (others) others.push(decided);
      else this.byCardGroup.set(group.cardGroupId, [decided]);
    }
  }

  /** The group's period as it is now; undefined for one that was not read. */
  find(key: Pick<GroupPeriodKey, 'cardGroupId' | 'period'>): GroupPeriod | undefined {
    return this.decided(key)?.after;
  }

  /** Takes over what became of one that was read, with what was added to totals. */
  keep(group: GroupPeriod, totals: readonly TotalChange[] = []): void {
    const decided = this.decided(group);
    if (!decided) return;
    decided.after = group;
    decided.totals.push(...totals);
  }

  /** Those that have changed, in the order in which they were read, with the totals of their own account. */
  changed(): GroupDecided[] {
    return this.all
      .filter(({ before, after }) => before !== after)
      .map(({ before, after, totals }) => {
        const own = totals.filter(({ accountId }) => accountId === after.accountId);
        if (own.length === 0) return { before, after };
        const { buckets } = after;
        return { before, after: groupWith(after, { buckets, totals: withChanges(after.totals, own) }) };
      });
  }

  /** What was added to totals of others than the groups' accounts, and whose totals changed at all. */
  totals(): Pick<BatchWrites, 'totals' | 'changedTotals'> {
    return {
      totals: this.all.flatMap(({ after, totals }) =>
        totals.filter(({ accountId }) => accountId !== after.accountId),
      ),
      changedTotals: touchedBy(this.all.flatMap(({ totals }) => totals)),
    };
  }

  private decided({
    cardGroupId,
    period,
  }: Pick<GroupPeriodKey, 'cardGroupId' | 'period'>): GroupAtWork | undefined {
    return this.byCardGroup.get(cardGroupId)?.find(({ before }) => before.period === period);
  }
}
