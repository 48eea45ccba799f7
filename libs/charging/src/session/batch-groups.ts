import type { GroupPeriod, GroupPeriodKey } from '../balance/group-period';

/** A card group's period as it was read, and as it shall be. */
export interface GroupDecided {
  before: GroupPeriod;
  after: GroupPeriod;
}

/**
 * The card groups' periods of a batch while it decides: each request sees what those before it left. They are found by the card
 * group, which nearly always has one: a text of both would have to be put together and hashed for every question.
 */
export class BatchGroups {
  private readonly all: GroupDecided[] = [];
  private readonly byCardGroup = new Map<string, GroupDecided[]>();

  constructor(groups: Iterable<GroupPeriod>) {
    for (const group of groups) {
      const decided = { before: group, after: group };
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

  /** Takes over what became of one that was read. */
  keep(group: GroupPeriod): void {
    const decided = this.decided(group);
    if (decided) decided.after = group;
  }

  /** Those that have changed, in the order in which they were read. */
  changed(): GroupDecided[] {
    return this.all.filter(({ before, after }) => before !== after);
  }

  private decided({
    cardGroupId,
    period,
  }: Pick<GroupPeriodKey, 'cardGroupId' | 'period'>): GroupDecided | undefined {
    return this.byCardGroup.get(cardGroupId)?.find(({ before }) => before.period === period);
  }
}
