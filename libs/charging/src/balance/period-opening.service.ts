import { Injectable } from '@nestjs/common';
import { billPeriodAt, billPeriodOf, nextBillPeriod } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { openState } from '@ronghe/rating';
import { previousKeysOf } from '../sharing/unit-neighbours';
import type { AccountBook } from './account-book';
import { changeGroup } from './group-change';
import {
  findGroupPeriods,
  findNewestPeriods,
  insertGroupPeriods,
  saveGroupPeriods,
} from './group-period.store';
import { compareKeys, groupPeriodId, groupsAt, type GroupPeriod } from './group-period';
import { cycleOf, wantedGrants, type GrantQuestion } from './wanted-grants';

/** Opens balances: one row per card group and period, with the buckets that the group may use. */
@Injectable()
export class PeriodOpening {
  /**
   * Makes sure that the periods are open, with all before them from the group's first: what is left of a period goes
   * over into the next. Idempotent, also against other transactions.
   */
  async ensure(tx: Tx, wanted: readonly GrantQuestion[], book: AccountBook): Promise<void> {
    const missing = await this.missingOf(tx, wanted, book);
    const periods = [...new Set(missing.map((group) => group.period))].sort();
    for (const period of periods) {
      const groups = missing.filter((group) => group.period === period);
      await this.open(tx, groups.sort(compareKeys), book);
    }
  }

  /** Periods that are not open yet, from the group's first or the one after its newest, up to the wanted one. */
  private async missingOf(
    tx: Tx,
    wanted: readonly GrantQuestion[],
    book: AccountBook,
  ): Promise<GrantQuestion[]> {
    const last = new Map<string, GrantQuestion>();
    for (const asked of withRelated(wanted, book)) {
      // A unit belongs to its owner's account, whoever asks for it.
      const group = { ...asked, accountId: book.accountOfUnit(asked.cardGroupId) ?? asked.accountId };
      const known = last.get(group.cardGroupId);
      if (!known || known.period < group.period) last.set(group.cardGroupId, group);
    }
    const newest = await findNewestPeriods(tx, [...last.values()]);
    return [...last.values()].flatMap((group) => {
      const cycle = cycleOf(group.accountId, book);
      const products = book
        .holdingsOf(group.accountId)
        .filter(({ cardGroupId }) => cardGroupId === group.cardGroupId);
      const first = products.map((product) => product.effectiveFrom).sort()[0];
      const open = newest.get(group.cardGroupId);
      if (!first || (open && open >= group.period)) return [];
      let period = open ? nextBillPeriod(billPeriodOf(open, cycle), cycle) : billPeriodAt(first, cycle);
      const missing: GrantQuestion[] = [];
      for (; period.key <= group.period; period = nextBillPeriod(period, cycle)) {
        const isActive = book.isUnitHeld(group.cardGroupId, period);
        if (isActive) missing.push({ ...group, period: period.key });
      }
      return missing;
    });
  }

  private async open(tx: Tx, groups: readonly GrantQuestion[], book: AccountBook): Promise<void> {
    const before = groups.flatMap((group) => previousKeysOf(group, book));
    // Locked, so that usage that changes what is left of it finds the new period open and marks it.
    const previous = await findGroupPeriods(tx, before, { lock: true });
    const previousById = new Map(previous.map((group) => [groupPeriodId(group), group]));
    const opened = await insertGroupPeriods(tx, groups);
    const changes = groups
      .filter((group) => opened.has(groupPeriodId(group)))
      .map((group) => {
        const grants = wantedGrants(group, groupsAt(previousKeysOf(group, book), previousById), book);
        const empty: GroupPeriod = {
          ...group,
          ...opened.get(groupPeriodId(group)),
          buckets: [],
          counters: {},
          lastPlace: null,
          needsRerate: false,
        };
        return changeGroup(empty, {
          state: openState(grants),
          use: 'use',
          lastPlace: null,
          needsRerate: false,
        });
      });
    await saveGroupPeriods(tx, changes, 'opened');
  }
}

/** Also the card groups that were or will be rated with them: what is left of their own periods goes over into the unit. */
function withRelated(wanted: readonly GrantQuestion[], book: AccountBook): GrantQuestion[] {
  return wanted.flatMap((group) => [
    group,
    ...book.units.relatedTo(group.cardGroupId).map((cardGroupId) => ({ ...group, cardGroupId })),
  ]);
}
