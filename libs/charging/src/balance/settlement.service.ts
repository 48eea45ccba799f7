import { Injectable } from '@nestjs/common';
import { billPeriodOf, newId, nextBillPeriod, previousBillPeriod } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { openState } from '@ronghe/rating';
import { groupBy } from '../group-by';
import type { StoredUsage } from '../usage/rated-usage';
import { findUsageOf, updateRatedUsage } from '../usage/rated-usage.store';
import { publishTotals } from '../usage/usage-total.store';
import type { TotalChange } from '../usage/usage-totals';
import type { AccountBook } from './account-book';
import { areSameGrants } from './bucket-changes';
import { keyIn } from './group-change';
import { groupPeriodId, type GroupPeriod, type GroupPeriodKey } from './group-period';
import { findGroupPeriods, saveGroupPeriods } from './group-period.store';
import { saveRerates } from './rerate.store';
import { settleGroup, type Settlement } from './settle-group';
import { cycleOf, wantedGrants } from './wanted-grants';

/** A group and period to settle. Unforced, it is left alone where its grants are right and nothing marks it. */
interface Target extends GroupPeriodKey {
  force: boolean;
}

/** Rates card groups' periods again where events came out of order or grants changed under them. */
@Injectable()
export class Settlements {
  /**
   * Settles the open ones of the given periods, then every later period into which less or more is rolled over
   * because of it; lowest period first. Publishes the totals that changed.
   */
  async settle(tx: Tx, keys: readonly GroupPeriodKey[], book: AccountBook, cause: string): Promise<void> {
    const queue = new Map<string, Target>(keys.map((key) => [groupPeriodId(key), { ...key, force: true }]));
    const totals: TotalChange[] = [];
    while (queue.size > 0) {
      const period = [...queue.values()].map((target) => target.period).reduce((a, b) => (a < b ? a : b));
      const targets = [...queue.values()].filter((target) => target.period === period);
      for (const target of targets) queue.delete(groupPeriodId(target));
      const settled = await this.settlePeriod(tx, targets, book, cause);
      totals.push(...settled.flatMap((settlement) => settlement.totalChanges));
      for (const { change } of settled) {
        const next = nextKeyOf(change.group, book);
        if (!queue.has(groupPeriodId(next))) queue.set(groupPeriodId(next), { ...next, force: false });
      }
    }
    await publishTotals(tx, totals);
  }

  private async settlePeriod(
    tx: Tx,
    targets: readonly Target[],
    book: AccountBook,
    cause: string,
  ): Promise<Settlement[]> {
    const forced = new Set(targets.filter((target) => target.force).map(groupPeriodId));
    const groups = await findGroupPeriods(tx, targets, { lock: true });
    const around = await findGroupPeriods(
      tx,
      groups.flatMap((group) => [previousKeyOf(group, book), nextKeyOf(group, book)]),
    );
    const byId = new Map(around.map((group) => [groupPeriodId(group), group]));
    const due = groups
      .map((group) => ({
        group,
        grants: wantedGrants(group, byId.get(groupPeriodId(previousKeyOf(group, book))), book),
      }))
      .filter(
        ({ group, grants }) =>
          forced.has(groupPeriodId(group)) ||
          group.needsRerate ||
          !areSameGrants(group.buckets, openState(grants).buckets),
      );
    const usage = groupBy(
      await findUsageOf(
        tx,
        due.map(({ group }) => group),
      ),
      groupPeriodId,
    );
    const settlements = due.map(({ group, grants }) =>
      settleGroup({
        group,
        grants,
        next: byId.get(groupPeriodId(nextKeyOf(group, book))),
        usage: usage.get(groupPeriodId(group)) ?? [],
        planOf: (event) => book.planOf(event),
      }),
    );
    await this.save(tx, settlements, usage, cause);
    return settlements;
  }

  private async save(
    tx: Tx,
    settlements: readonly Settlement[],
    usage: ReadonlyMap<string, StoredUsage[]>,
    cause: string,
  ): Promise<void> {
    await updateRatedUsage(
      tx,
      settlements.flatMap((settlement) => settlement.changedUsage),
    );
    await saveGroupPeriods(
      tx,
      settlements.map((settlement) => settlement.change),
      cause,
    );
    await saveRerates(
      tx,
      settlements
        .filter((settlement) => settlement.changedUsage.length > 0)
        .map(({ change: { group }, changedUsage, amountDelta }) => ({
          ...keyIn(group, group.period),
          rerateId: newId(),
          events: usage.get(groupPeriodId(group))?.length ?? 0,
          changed: changedUsage.length,
          amountDelta,
          cause,
        })),
    );
  }
}

function nextKeyOf(group: GroupPeriod, book: AccountBook): GroupPeriodKey {
  const cycle = cycleOf(group.accountId, book);
  return keyIn(group, nextBillPeriod(billPeriodOf(group.period, cycle), cycle).key);
}

function previousKeyOf(group: GroupPeriod, book: AccountBook): GroupPeriodKey {
  const cycle = cycleOf(group.accountId, book);
  return keyIn(group, previousBillPeriod(billPeriodOf(group.period, cycle), cycle).key);
}
