import { Injectable } from '@nestjs/common';
import { isId, groupBy } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { sortByIdentity } from './duplicates';
import { giveUpParts, leaveCalls } from './leave-calls.store';
import { RecordSet } from './record-set';
import { claimRecordIds } from './record-key.store';
import { neededColumns, storableCells, type Cells } from './record-reader';
import {
  contentDiffers,
  countMoves,
  heldId,
  isSuspendedPart,
  outcomeOfGuided,
  outcomesOfParts,
  partNow,
  partOf,
  readSuspended,
  recycled,
  type ReadableSuspense,
} from './recycle';
import type { RecycleOutcome, SuspendedUsage } from './suspense';
import { findSuspendedPage, insertSuspended, lockSuspended, saveSuspended } from './suspense.store';
import { UsageCalls } from './usage-calls.service';
import type { CountMove } from './usage-file';
import { moveCounts } from './usage-file.store';
import { deliveredCall, pair, UsageIntake } from './usage-intake.service';
import { UsageSources } from './usage-source.service';

/** Records that are corrected, tried again or given up in one command. */
const RECORDS_AT_ONCE = 500;

/** Records that were tried again, and how their files' counters move. */
interface Tried {
  tried: SuspendedUsage[];
  moves: CountMove[];
}

/** Works off what was set aside: correct, try again, give up. */
@Injectable()
export class Suspense {
  constructor(
    private readonly transactions: Transactions,
    private readonly sources: UsageSources,
    private readonly intake: UsageIntake,
    private readonly calls: UsageCalls,
  ) {}

  /** A page of suspended records, oldest first. */
  page(at: Parameters<typeof findSuspendedPage>[1]): Promise<SuspendedUsage[]> {
    return this.transactions.read((tx) => findSuspendedPage(tx, at));
  }

  /**
   * Changes cells of an open record; nothing is rated yet.
   * @throws DomainError `suspense_not_found`, `suspense_not_open`, `suspense_column_unknown`
   */
  correct(suspenseId: string, changes: Cells, key: string): Promise<SuspendedUsage> {
    return this.transactions.once('charging.correctUsage', key, { suspenseId, changes }, async (tx) => {
      const [suspended] = await this.lockOpen(tx, [suspenseId]);
      if (!suspended)
        throw chargingError('suspense_not_found', 'there is no such suspended record', { suspenseId });
      const mapping = await this.sources.mappingOf(tx, suspended.source);
      const known = new Set([...neededColumns(mapping), ...Object.keys(suspended.cells)]);
      const unknown = Object.keys(changes).filter((column) => !known.has(column));
      if (unknown.length > 0) {
        throw chargingError('suspense_column_unknown', `there is no column ${unknown.join(', ')}`, {
          columns: unknown,
        });
      }
      const cells = { ...suspended.cells, ...storableCells(changes) };
      const corrected = { ...suspended, cells };
      await saveSuspended(tx, [corrected]);
      return corrected;
    });
  }

  /**
   * Tries open records again, all in one transaction. What still cannot be rated stays open with its reason as it is now.
   * @throws DomainError `suspense_not_found`, `suspense_not_open`
   */
  recycle(suspenseIds: readonly string[], key: string): Promise<SuspendedUsage[]> {
    return this.transactions.once('charging.recycleUsage', key, { suspenseIds }, async (tx) => {
      const open = await this.lockOpen(tx, suspenseIds);
      const all: Tried = { tried: [], moves: [] };
      for (const [source, members] of groupBy(open, (each) => each.source)) {
        const { tried, moves } = await this.tryAgain(tx, source, members);
        all.tried.push(...tried);
        all.moves.push(...moves);
      }
      await saveSuspended(tx, all.tried);
      await moveCounts(tx, all.moves);
      tx.enqueue('charging.publishTotals', {});
      return all.tried.sort((a, b) => (a.suspenseId < b.suspenseId ? -1 : 1));
    });
  }

  /**
   * Gives open records up, also as parts of their calls; where one stood for its whole call, the others wait again. `reason`
   * is kept with the command.
   * @throws DomainError `suspense_not_found`, `suspense_not_open`
   */
  discard(suspenseIds: readonly string[], reason: string, key: string): Promise<SuspendedUsage[]> {
    return this.transactions.once('charging.discardUsage', key, { suspenseIds, reason }, async (tx) => {
      const open = await this.lockOpen(tx, suspenseIds);
      const moves: CountMove[] = [];
      for (const [source, members] of groupBy(open, (each) => each.source))
        moves.push(...(await giveUpParts(tx, source, members.flatMap(heldId))));
      const detail = (text: string) => `${text}; given up: ${reason}`.slice(0, 1000);
      const ended = open.map((each) => ({
        ...each,
        state: 'discarded' as const,
        detail: detail(each.detail),
        endedAt: tx.now,
      }));
      await saveSuspended(tx, ended);
      await moveCounts(tx, moves);
      return ended;
    });
  }

  private async tryAgain(tx: Tx, source: string, members: readonly SuspendedUsage[]): Promise<Tried> {
    const mapping = await this.sources.mappingOf(tx, source);
    const { readable, malformed } = readSuspended(members, mapping);
    const unclaimed = readable.filter((each) => !each.holdsId);
    const known = await claimRecordIds(tx, source, unclaimed);
    const { fresh, duplicates, differing } = sortByIdentity(unclaimed, known);
    const admissible = [...readable.filter((each) => each.holdsId), ...fresh];
    const whole = admissible.filter((each) => each.record.part === null);
    const records = whole.map(({ record, suspended }) => ({ record, fileId: suspended.fileId }));
    const parts = admissible.filter(isSuspendedPart);
    const joined = readable.flatMap(({ record }) => record.part?.callId ?? []);
    const left = await leaveCalls(tx, source, readable.flatMap(partNow), joined);
    const taken = await this.calls.take(tx, mapping, parts.map(partOf));
    const all = await this.intake.takeRecords(
      tx,
      mapping,
      new RecordSet(null, [...records, ...taken.complete.map(deliveredCall)]),
    );
    const calls = pair(taken.complete, all.slice(records.length));
    const ended = await this.calls.end(tx, source, calls);
    await insertSuspended(tx, source, ended.suspended);
    const outcomes = outcomesOfParts(taken, calls);
    const end = (each: ReadableSuspense, outcome: RecycleOutcome) =>
      recycled(each.suspended, outcome, tx.now);
    const holding = (each: ReadableSuspense, outcome: RecycleOutcome) => ({
      ...end(each, outcome),
      recordId: each.recordId,
      holdsKey: true,
    });
    const triedWhole = all.slice(0, records.length).flatMap((to, index) => {
      const each = whole[index];
      return each ? [holding(each, outcomeOfGuided(to))] : [];
    });
    const triedParts = parts.flatMap((each) => {
      const outcome = outcomes.get(each.recordId);
      return outcome ? [holding(each, outcome)] : [];
    });
    const others = [
      ...malformed.map(({ suspended, reason }) =>
        recycled(suspended, { state: 'open', reason: 'malformed', detail: reason }, tx.now),
      ),
      ...duplicates.map((each) => end(each, { state: 'duplicate' })),
      ...differing.map((each) => end(each, contentDiffers)),
      ...triedWhole,
    ];
    const moves = countMoves(others.filter((each) => each.state !== 'open'));
    return { tried: [...others, ...triedParts], moves: [...moves, ...left, ...ended.moves] };
  }

  private async lockOpen(tx: Tx, suspenseIds: readonly string[]): Promise<SuspendedUsage[]> {
    const wanted = [...new Set(suspenseIds)];
    if (wanted.length === 0 || wanted.length > RECORDS_AT_ONCE) {
      throw chargingError('suspense_count_invalid', `name 1 to ${RECORDS_AT_ONCE} suspended records`);
    }
    const found = await lockSuspended(tx, wanted.filter(isId));
    const missing = wanted.filter((id) => !found.some((each) => each.suspenseId === id));
    if (missing.length > 0)
      throw chargingError('suspense_not_found', 'there is no such suspended record', { missing });
    const ended = found.filter((each) => each.state !== 'open').map((each) => each.suspenseId);
    if (ended.length > 0)
      throw chargingError('suspense_not_open', 'the suspended record has ended already', { ended });
    return found;
  }
}
