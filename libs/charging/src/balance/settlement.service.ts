import { Injectable } from '@nestjs/common';
import { groupBy, isDomainError, newId, subtractAmounts, zeroAmount, type DomainError } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { openState } from '@ronghe/rating';
import { nextKeysOf, previousKeysOf } from '../sharing/unit-neighbours';
import { countSpent, type Spent } from '../spend-cap/spent';
import { findUsageOf, updateRatedUsage } from '../usage/rated-usage.store';
import type { StoredUsage } from '../usage/rated-usage';
import { publishTotals } from '../usage/usage-total.store';
import type { AccountBook } from './account-book';
import { areSameGrants } from './bucket-changes';
import { keyIn } from './group-change';
import { groupPeriodId, groupsAt, type GroupPeriod, type GroupPeriodKey } from './group-period';
import { findGroupPeriods, saveGroupPeriods } from './group-period.store';
import { laterKeysOf, laterPeriodsOf } from './later-periods';
import { saveRerates } from './rerate.store';
import { settleGroup, type ComputedSettlement, type Settlement } from './settle-group';
import { wantedGrants } from './wanted-grants';

/** A group and period to settle. Unforced, it is left alone where its grants are right and nothing marks it. */
interface Target extends GroupPeriodKey {
  force: boolean;
}

/** How settlements are computed. */
export interface ComputeOptions {
  /** Locks the card groups' periods, in the order of `compareKeys`, so that the result may be saved. */
  lock: boolean;
  /** Told of a group that cannot be rated (no price, no main card), which is then left as it is; without it: thrown. */
  onProblem?: (group: GroupPeriod, problem: DomainError) => void;
}

/** Rates card groups' periods again where events came out of order, grants changed under them, or prices were mended. */
@Injectable()
export class Settlements {
  /**
   * Settles the open ones of the given periods, then every later period into which less or more is rolled over
   * because of it; lowest period first. Publishes the totals that changed.
   */
  async settle(tx: Tx, keys: readonly GroupPeriodKey[], book: AccountBook, cause: string): Promise<void> {
    await this.save(tx, await this.compute(tx, keys, book, { lock: true }), cause);
  }

  /** What `settle` would change, and writes nothing: the same periods in the same order. */
  async compute(
    tx: Tx,
    keys: readonly GroupPeriodKey[],
    book: AccountBook,
    options: ComputeOptions,
  ): Promise<ComputedSettlement[]> {
    const queue = new Map<string, Target>(keys.map((key) => [groupPeriodId(key), { ...key, force: true }]));
    const settledById = new Map<string, GroupPeriod>();
    const computed: ComputedSettlement[] = [];
    while (queue.size > 0) {
      const period = [...queue.values()].map((target) => target.period).reduce((a, b) => (a < b ? a : b));
      const targets = [...queue.values()].filter((target) => target.period === period);
      for (const target of targets) queue.delete(groupPeriodId(target));
      for (const settlement of await this.computePeriod(tx, targets, settledById, book, options)) {
        const { group } = settlement.change;
        computed.push(settlement);
        settledById.set(groupPeriodId(group), group);
        for (const next of nextKeysOf(group, book))
          if (!queue.has(groupPeriodId(next))) queue.set(groupPeriodId(next), { ...next, force: false });
      }
    }
    return computed;
  }

  private async computePeriod(
    tx: Tx,
    targets: readonly Target[],
    settledById: ReadonlyMap<string, GroupPeriod>,
    book: AccountBook,
    { lock, onProblem }: ComputeOptions,
  ): Promise<ComputedSettlement[]> {
    const forced = new Set(targets.filter((target) => target.force).map(groupPeriodId));
    const groups = await findGroupPeriods(tx, targets, { lock });
    const around = await findGroupPeriods(
      tx,
      groups.flatMap((group) => [...previousKeysOf(group, book), ...laterKeysOf(group, book)]),
    );
    const byId = new Map([...around.map((group) => [groupPeriodId(group), group] as const), ...settledById]);
    const due = groups.flatMap((group) => {
      const grants = rescued(group, onProblem, () =>
        wantedGrants(group, groupsAt(previousKeysOf(group, book), byId), book),
      );
      if (!grants) return [];
      const isDue =
        forced.has(groupPeriodId(group)) ||
        group.needsRerate ||
        !areSameGrants(group.buckets, openState(grants).buckets);
      return isDue ? [{ group, grants }] : [];
    });
    const usageById = groupBy(
      await findUsageOf(
        tx,
        due.map(({ group }) => group),
      ),
      groupPeriodId,
    );
    return due.flatMap(({ group, grants }) => {
      const usage = usageById.get(groupPeriodId(group)) ?? [];
      const later = laterPeriodsOf(group, byId, book);
      const settlement = rescued(group, onProblem, () =>
        settleGroup({ group, grants, later, usage, planOf: (event) => book.planOf(event) }),
      );
      return settlement ? [{ ...spendingOf(settlement, usage, book), usage }] : [];
    });
  }

  /** Writes what was computed under lock in this transaction, and publishes the totals that changed. */
  async save(tx: Tx, settlements: readonly ComputedSettlement[], cause: string): Promise<void> {
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
        .map(({ change: { group }, usage, changedUsage, amountDelta }) => ({
          ...keyIn(group, group.period),
          rerateId: newId(),
          events: usage.length,
          changed: changedUsage.length,
          amountDelta,
          cause,
        })),
    );
    await publishTotals(
      tx,
      settlements.flatMap((settlement) => settlement.totalChanges),
      cause,
    );
  }
}

/** The settlement with what its products have spent by it, where that is counted. */
function spendingOf(settlement: Settlement, usage: readonly StoredUsage[], book: AccountBook): Settlement {
  const { change, changedUsage } = settlement;
  if (!change.group.spent || changedUsage.length === 0) return settlement;
  const before = new Map(usage.map(({ usageId, amount }) => [usageId, amount]));
  let spent: Spent | undefined = change.group.spent;
  for (const each of changedUsage) {
    const delta = subtractAmounts(each.amount, before.get(each.usageId) ?? zeroAmount);
    spent = countSpent(spent, each, delta, () => book.cycleOf(each.accountId)?.zone);
  }
  return { ...settlement, change: { ...change, group: { ...change.group, spent } } };
}

/** What `work` gives; undefined when it refuses and somebody wants to be told. What is merely behind is thrown. */
function rescued<T>(
  group: GroupPeriod,
  onProblem: ComputeOptions['onProblem'],
  work: () => T,
): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!onProblem || !isDomainError(error) || error.kind === 'unavailable') throw error;
    onProblem(group, error);
    return undefined;
  }
}
