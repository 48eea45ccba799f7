import { groupBy } from '@ronghe/kernel';
import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '@ronghe/platform';
import { AccountBooks } from '../balance/account-books.service';
import type { GroupPeriodKey } from '../balance/group-period';
import type { ComputedSettlement } from '../balance/settle-group';
import { Settlements } from '../balance/settlement.service';
import { holdProducts } from '../projection/account.store';
import type { CardGroupKey } from './rerating';
import { groupDeltaOf, isChange, isSameDelta, type GroupDelta } from './rerating-delta';
import { deleteGroups, findPending, insertDeltas, insertGroups, markApplied } from './rerating-delta.store';
import { reportOf, type RatingProblem } from './rerating-report';
import { lockPeriodsFrom } from './rerating-scope.store';
import { advance, findRerating, finishStep, summarize } from './rerating.store';

/** Card groups that are rated again in one transaction. */
const GROUPS_AT_ONCE = 25;

/** The cause that entries and journal rows of a re-rating carry. */
export function causeOf(reratingId: string): string {
  return `rerating ${reratingId}`;
}

/** Rates again what a preview showed, and only that. */
@Injectable()
export class ReratingApplication {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: AccountBooks,
    private readonly settlements: Settlements,
  ) {}

  /** Works a decided request off, batch by batch; what was applied stays applied, whenever it stops. */
  async work(reratingId: string): Promise<void> {
    while (await this.transactions.run((tx) => this.applyBatch(tx, reratingId)));
  }

  /**
   * Applies the next card groups in one transaction. A group that comes out otherwise than previewed, because something
   * was rated meanwhile, is left alone: its report is made anew and waits for another decision.
   */
  private async applyBatch(tx: Tx, reratingId: string): Promise<boolean> {
    // Locked until commit, so that of two workers the second finds the groups of the first applied.
    const rerating = await findRerating(tx, reratingId, { lock: true });
    if (rerating?.state !== 'applying') return false;
    const pending = await findPending(tx, reratingId, GROUPS_AT_ONCE);
    const last = pending.at(-1);
    if (!last) {
      const { recomputed } = await summarize(tx, reratingId);
      await finishStep(tx, reratingId, { from: 'applying', to: recomputed > 0 ? 'previewed' : 'applied' });
      return false;
    }
    const previewed = groupBy(pending, idOf);
    const { settlements, problems } = await this.computeLocked(tx, pending);
    const computed = groupBy(settlements.filter(isChange), ({ change }) => idOf(change.group));
    const isStale = (id: string): boolean => !isAsPreviewed(previewed.get(id) ?? [], computed.get(id) ?? []);
    const stale = new Set([...previewed.keys()].filter(isStale));

    const current = settlements.filter(({ change }) => !stale.has(idOf(change.group)));
    await this.settlements.save(tx, current, causeOf(reratingId));
    const groupsOf = (isWanted: (id: string) => boolean): CardGroupKey[] =>
      [...previewed].flatMap(([id, [first]]) => (first && isWanted(id) ? [first] : []));
    await markApplied(
      tx,
      reratingId,
      groupsOf((id) => !stale.has(id)),
    );
    await deleteGroups(
      tx,
      reratingId,
      groupsOf((id) => stale.has(id)),
    );
    const again = reportOf(
      settlements.filter(({ change }) => stale.has(idOf(change.group))),
      problems.filter(({ group }) => stale.has(idOf(group))),
    );
    await insertGroups(tx, reratingId, again.groups, { recomputed: true });
    await insertDeltas(tx, reratingId, again.charges);
    return advance(tx, rerating, { last, groups: previewed.size });
  }

  private async computeLocked(
    tx: Tx,
    pending: readonly GroupDelta[],
  ): Promise<{ settlements: ComputedSettlement[]; problems: RatingProblem[] }> {
    const firstOf = groupBy(pending, idOf);
    const from = [...firstOf.values()].flatMap(([first]): GroupPeriodKey[] => (first ? [first] : []));
    const accountIds = pending.map((group) => group.accountId);
    await holdProducts(tx, accountIds);
    await lockPeriodsFrom(tx, from);
    const book = await this.books.open(tx, accountIds);
    const problems: RatingProblem[] = [];
    const settlements = await this.settlements.compute(tx, pending, book, {
      lock: true,
      onProblem: (group, problem) => problems.push({ group, problem }),
    });
    return { settlements, problems };
  }
}

/** The same periods with the same figures. */
function isAsPreviewed(previewed: readonly GroupDelta[], computed: readonly ComputedSettlement[]): boolean {
  const byPeriod = new Map(computed.map((settlement) => [settlement.change.group.period, settlement]));
  return (
    previewed.length === computed.length &&
    previewed.every((delta) => {
      const settlement = byPeriod.get(delta.period);
      return settlement !== undefined && isSameDelta(delta, groupDeltaOf(settlement));
    })
  );
}

function idOf({ lane, cardGroupId }: CardGroupKey): string {
  return `${lane}/${cardGroupId}`;
}
