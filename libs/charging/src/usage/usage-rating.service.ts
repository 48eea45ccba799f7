import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { DomainError } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { BinaryRows } from '../binary-rows';
import { emptiesHeld, movesRollover } from '../balance/group-change';
import { AccountBooks } from '../balance/account-books.service';
import { groupPeriodId, type GroupPeriod, type GroupPeriodKey } from '../balance/group-period';
import { findGroupPeriods, findUnopened, markForRerate } from '../balance/group-period.store';
import { saveGroupUse } from '../balance/group-use.store';
import { PeriodOpening } from '../balance/period-opening.service';
import type { PurseKey } from '../money/purse.store';
import { chargePurses } from '../money/usage-charge.store';
import { findProductsVersions } from '../projection/account.store';
import { unitSharers } from '../session/notification/credit-back.store';
import { noteCreditChanges } from '../session/notification/session-notification.store';
import { nextKeysOf } from '../sharing/unit-neighbours';
import type { BatchUse, GroupUse } from './batch-use';
import { rateGroup, type RatedGroups, type RowMaker } from './rate-groups';
import { priceOf, type UsageFact } from './rated-usage';
import { copyRatedUsage, headOfRatedUsage, writeRatedUsage } from './rated-usage-rows.store';
import type { UsageBook } from './usage-book';
import { markTotals } from './totals-mark.store';
import { addToTotals } from './usage-total.store';
import { sumChanges, touchedBy, type TotalChange } from './usage-totals';

/** Groups that are read, rated and written together at most: while the database writes some, the next ones are rated. */
const GROUPS_AT_ONCE = 300;
/** About so many events they may have, so that a batch of few groups with many events each is several turns too. */
const EVENTS_AT_ONCE = 2500;
/** Of these, so many are rated without a break: the database gets its next statement in between, and others their turn. */
const EVENTS_IN_A_TURN = 100;

/**
 * Rates new usage from the stored state of its card groups and periods. Usage that comes after all that was rated is
 * final at once; where it comes out of order, or late, its amount is provisional and the group is marked to be rated again.
 */
@Injectable()
export class UsageRating {
  /** Groups of one turn of reading, rating and writing; fewer where a test wants several turns. */
  groupsAtOnce = GROUPS_AT_ONCE;

  constructor(
    private readonly opening: PeriodOpening,
    private readonly accountBooks: AccountBooks,
  ) {}

  /**
   * Rates and stores, all set-based, and adds to totals, which are published a moment later. The book must hold every
   * account of the use. Records that the price cannot rate are left out and returned, by their places, with why.
   * @param reference names the cause of the balance entries: the file's id
   * @param note is told of every usage that is rated
   */
  async rate(
    tx: Tx,
    use: BatchUse,
    book: UsageBook,
    reference: string,
    note?: (rated: UsageFact) => void,
  ): Promise<Map<number, DomainError>> {
    const refused = new Map<number, DomainError>();
    const inOrder = use.inLockOrder();
    if (inOrder.length === 0) return refused;
    await this.openMissing(tx, inOrder, book);
    // One is written to the database while the other is filled.
    let [rows, otherRows] = [new BinaryRows(), new BinaryRows()];
    const sums: TotalChange[] = [];
    const moved: GroupPeriodKey[] = [];
    const emptied: PurseKey[] = [];
    const groupsAtOnce = Math.min(this.groupsAtOnce, Math.ceil((inOrder.length * EVENTS_AT_ONCE) / use.size));
    let reading = heard(lockGroups(tx, inOrder.slice(0, groupsAtOnce)));
    let writing = Promise.resolve();
    try {
      for (let at = 0; at < inOrder.length; at += groupsAtOnce) {
        const groups = await reading;
        reading = heard(lockGroups(tx, inOrder.slice(at + groupsAtOnce, at + 2 * groupsAtOnce)));
        rows.clear();
        const input = { use, book, note, rows };
        const rated = await rateGroups(tx, groups, inOrder.slice(at, at + groupsAtOnce), input);
        for (const [place, error] of rated.refused) refused.set(place, error);
        const own = sumChanges(rated.totals);
        sums.push(...own);
        moved.push(...keysAfter(rated, book));
        emptied.push(...sharersOfEmptied(rated, book));
        await writing;
        writing = heard(write(tx, rated, own, rows, reference));
        [rows, otherRows] = [otherRows, rows];
      }
      await writing;
      // Last of all: a later turn writes the marks of its periods as it read them, perhaps before an earlier one wrote.
      await markForRerate(tx, [...moved, ...(await changedMeanwhile(tx, inOrder, book))]);
    } catch (error) {
      // Nothing may still be under way on the connection when the transaction is rolled back.
      await Promise.allSettled([reading, writing]);
      throw error;
    }
    await chargeAndMark(tx, sums, book, reference);
    // Behind money, as sessions do.
    await noteCreditChanges(tx, emptied);
    return refused;
  }

  /**
   * Opens periods that are not open yet, all before any is locked for rating: what they begin with lies in periods before
   * them, which are locked first everywhere. Accounts whose products were read apart are read together for it.
   */
  private async openMissing(tx: Tx, groups: readonly GroupUse[], book: UsageBook): Promise<void> {
    const missing = await findUnopened(tx, groups);
    if (missing.length === 0) return;
    const accountIds = [...new Set(missing.map((key) => key.accountId))];
    const [first, ...others] = new Set(accountIds.map((accountId) => book.bookOf(accountId)));
    if (!first) return;
    await this.opening.ensure(
      tx,
      missing,
      others.length === 0 ? first : await this.accountBooks.open(tx, accountIds),
    );
  }
}

/**
 * The periods of accounts whose products have changed since the book was read: they may have been rated by terms that no longer
 * hold, after the change had put in order what was rated before. A change that is not committed yet waits for their locks.
 */
async function changedMeanwhile(
  tx: Tx,
  groups: readonly GroupUse[],
  { versions }: UsageBook,
): Promise<GroupUse[]> {
  const now = await findProductsVersions(tx, [...versions.keys()]);
  return groups.filter(({ accountId }) => now.get(accountId) !== versions.get(accountId));
}

/** The periods of the groups, locked. */
function lockGroups(tx: Tx, groups: readonly GroupUse[]): Promise<GroupPeriod[]> {
  return findGroupPeriods(tx, groups, { lock: true });
}

/** The same promise; its failure is thrown where it is awaited, and nowhere else. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** What is rated, by which prices, and who is told of it. */
interface RatingInput {
  use: BatchUse;
  book: UsageBook;
  note: ((rated: UsageFact) => void) | undefined;
  /** Where what is rated is written to. */
  rows: BinaryRows;
}

/** What rating some groups makes, with the places of records that the price cannot rate. */
interface RatedTurn extends RatedGroups {
  refused: Map<number, DomainError>;
}

async function rateGroups(
  tx: Tx,
  groups: readonly GroupPeriod[],
  wanted: readonly GroupUse[],
  { use, book, note, rows }: RatingInput,
): Promise<RatedTurn> {
  const into: RatedTurn = { changes: [], totals: [], refused: new Map() };
  const used = new Map(wanted.map((group) => [groupPeriodId(group), group]));
  const make: RowMaker = {
    headOf: (fact, plan) => headOfRatedUsage(fact, priceOf(plan), tx.now),
    write: (head, fact, rated) => {
      note?.(fact);
      writeRatedUsage(rows, head, fact, rated);
    },
  };
  let events = EVENTS_IN_A_TURN;
  for (const group of groups) {
    if (events >= EVENTS_IN_A_TURN) {
      await setImmediate();
      events = 0;
    }
    const places = placesIn(use, used.get(groupPeriodId(group)));
    // A group costs about as much as three events, however few it has.
    events += places.length + 3;
    const facts = places.map((place) => use.factAt(place));
    for (const [fact, error] of rateGroup(group, facts, book, into, make))
      into.refused.set(places[facts.indexOf(fact)] ?? 0, error);
  }
  return into;
}

function placesIn(use: BatchUse, group: GroupUse | undefined): number[] {
  return group ? use.placesOf(group) : [];
}

/**
 * Totals are written with their groups, so that nothing is left to be waited for at the end: whoever writes one holds the lock of
 * its group, so that the order of totals does not matter.
 */
async function write(
  tx: Tx,
  { changes }: RatedGroups,
  sums: readonly TotalChange[],
  rows: BinaryRows,
  reference: string,
): Promise<void> {
  await copyRatedUsage(tx, rows);
  await saveGroupUse(tx, changes, reference);
  await addToTotals(tx, sums);
}

/** The periods whose roll-over was moved by usage of the periods before them. */
function keysAfter({ changes }: RatedGroups, book: UsageBook): GroupPeriodKey[] {
  return changes
    .filter(movesRollover)
    .flatMap(({ group }) => nextKeysOf(group, book.bookOf(group.accountId)));
}

/** The accounts that draw on groups of which sessions hold what is used up now. */
function sharersOfEmptied({ changes }: RatedGroups, book: UsageBook): PurseKey[] {
  return changes
    .filter(emptiesHeld)
    .flatMap(({ group: { lane, accountId, cardGroupId } }) =>
      unitSharers(lane, [cardGroupId], book.bookOf(accountId)),
    );
}

/** What is left for the end: money that totals have moved, of which most accounts have none, and that they are to be published. */
async function chargeAndMark(
  tx: Tx,
  sums: readonly TotalChange[],
  book: UsageBook,
  reference: string,
): Promise<void> {
  const prepaid = sums.filter(({ accountId }) => book.cycleOf(accountId)?.paymentMode === 'prepaid');
  await chargePurses(tx, prepaid, reference);
  await markTotals(tx, touchedBy(sums));
}
