import { Injectable } from '@nestjs/common';
import { billPeriodAt, billPeriodOf, nextBillPeriod, previousBillPeriod } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { isHeldIn, openState } from '@ronghe/rating';
import type { AccountBook } from './account-book';
import { changeGroup, keyIn } from './group-change';
import {
  findGroupPeriods,
  findNewestPeriods,
  insertGroupPeriods,
  saveGroupPeriods,
} from './group-period.store';
import { groupPeriodId, type GroupPeriod } from './group-period';
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
      await this.open(
        tx,
        missing.filter((group) => group.period === period),
        book,
      );
    }
  }

  /** Periods that are not open yet, from the group's first or the one after its newest, up to the wanted one. */
  private async missingOf(
    tx: Tx,
    wanted: readonly GrantQuestion[],
    book: AccountBook,
  ): Promise<GrantQuestion[]> {
    const last = new Map<string, GrantQuestion>();
    for (const group of wanted) {
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
        const isActive = products.some((product) => isHeldIn(product, period));
        if (isActive) missing.push({ ...group, period: period.key });
      }
      return missing;
    });
  }

  private async open(tx: Tx, groups: readonly GrantQuestion[], book: AccountBook): Promise<void> {
    const before = new Map(
      groups.map((group) => [groupPeriodId(group), keyIn(group, previousKeyOf(group, book))]),
    );
    // Locked, so that usage that changes what is left of it finds the new period open and marks it.
    const previous = await findGroupPeriods(tx, [...before.values()], { lock: true });
    const previousById = new Map(previous.map((group) => [groupPeriodId(group), group]));
    const opened = await insertGroupPeriods(tx, groups);
    const changes = groups
      .filter((group) => opened.has(groupPeriodId(group)))
      .map((group) => {
        const key = before.get(groupPeriodId(group));
        const grants = wantedGrants(group, key && previousById.get(groupPeriodId(key)), book);
        const empty: GroupPeriod = {
          ...group,
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

function previousKeyOf(group: GrantQuestion, book: AccountBook): string {
  const cycle = cycleOf(group.accountId, book);
  return previousBillPeriod(billPeriodOf(group.period, cycle), cycle).key;
}
