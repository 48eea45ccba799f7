import { Injectable } from '@nestjs/common';
import { billPeriodOf, localDateOf, nextBillPeriod } from '@ronghe/kernel';
import { inRounds, SystemClock, type TransactionEdges, type Tx } from '@ronghe/platform';
import type { AccountBook } from '../balance/account-book';
import { goesOver } from '../balance/group-change';
import { groupPeriodId, type GroupPeriod, type GroupPeriodKey } from '../balance/group-period';
import { findGroupPeriods, markForRerate } from '../balance/group-period.store';
import { PeriodOpening } from '../balance/period-opening.service';
import { savePurses } from '../money/purse.store';
import { readFunds } from '../money-sharing/funds.store';
import { saveShareUses } from '../money-sharing/money-sharing.store';
import { planByKeysNumbered } from '../plan-by-keys.store';
import { nextKeysOf } from '../sharing/unit-neighbours';
import { defaultCapOf } from '../spend-cap/reached-caps';
import type { SpendPlace } from '../spend-cap/spend-cap';
import { readSpending, addSpendHolds } from '../spend-cap/spend-cap.store';
import { countSpending } from '../spend-cap/spent.store';
import { passesPercent, usesBetween } from '../notice/notice';
import { raiseAllowanceNotices } from '../notice/notice.store';
import { findUsages, insertRatedUsage, updateRatedUsage } from '../usage/rated-usage.store';
import { addPendingTotals } from '../usage/usage-total.store';
import { findCreated, findRefused, lockSessions, type SessionOfAccount } from './batch-read.store';
import { allEnded, askedInOrder } from './all-ended';
import {
  bookBy,
  createKeys,
  distinct,
  holdersBy,
  isNewHolder,
  linesToRead,
  newHoldersSince,
  OPERATOR_ZONE,
  periodsOf,
  placeOf,
  type AskedCreate,
} from './batch-places';
import type { BatchWrites, SessionRequest } from './batch-state';
import {
  insertEntries,
  insertRefused,
  insertSessions,
  updateGroups,
  updateSessions,
} from './batch-write.store';
import { lockGroupPeriods } from './group-lock.store';
import { findHolders } from './holder-read.store';
import { compareOthers, lockGroupsLookedAt, lockSessionsLookedAt, type KnownRows } from './known-rows.store';
import type { OnlineHolder } from './online-account';
import { noteCreditChanges } from './notification/session-notification.store';
import { OnlinePolicies } from './online-policies.service';
import { SessionBatch } from './session-batch';
import { SessionBooks } from './session-books.service';
import { insertDeadline } from './session-deadline.store';
import { SessionMemory } from './session-memory.service';
import { spendPlacesOf } from './spend-places';

/** How a batch is written. */
export interface Writing {
  edges: TransactionEdges;
  /** The number of the transaction. */
  number: Promise<string>;
  /** What it was decided on, where that is remembered and nothing has been locked yet. */
  known: KnownRows | undefined;
}

/** Reads for a batch of requests and writes what it decided: every step one statement for all of them. */
@Injectable()
export class BatchRun {
  constructor(
    private readonly clock: SystemClock,
    private readonly books: SessionBooks,
    private readonly opening: PeriodOpening,
    private readonly policies: OnlinePolicies,
    private readonly memory: SessionMemory,
  ) {}

  /**
   * Locks and reads all that the requests need, in two rounds: who is meant, then their balances. Sessions are locked before
   * card groups, and those before money (the order of locks everywhere). A create is taken for new: where it was stored
   * before, its key fails the batch, which then is run again with `isAgain` and looks.
   */
  async read(tx: Tx, requests: readonly SessionRequest[], isAgain: boolean): Promise<SessionBatch> {
    const asked = requests.filter((each) => each.kind === 'create');
    const numbers = [...new Set(asked.flatMap(({ keys }) => keys))];
    const reading = findHolders(tx, numbers, this.memory);
    const references = requests.flatMap((each) => ('sessionId' in each ? each.sessionId : []));
    const repeated = isAgain
      ? await findCreated(tx, createKeys(asked, holdersBy(await reading, tx.now)))
      : [];
    const [holders, named] = await allEnded([
      reading,
      lockSessions(tx, [...new Set([...references, ...repeated])], this.memory),
    ]);
    const holderOf = holdersBy(holders, tx.now);
    const creates = asked.flatMap(({ keys }) => holderOf(keys) ?? []);
    const unknown = asked.filter(({ keys }) => !holderOf(keys));
    const former = unknown.length > 0 ? await this.findFormer(tx, unknown, holders) : [];
    const found = [...named, ...former];
    const since = newHoldersSince(tx.now);
    const fresh = asked.filter(({ keys }) => isNewHolder(holderOf(keys), since));
    const accounts = new Map([...creates, ...found].map(({ account }) => [account.accountId, account]));
    const sessions = found.map(({ session }) => session);
    const places = distinct([...sessions, ...creates.map((holder) => placeOf(holder, tx.now))]);
    const [books, groups, funds, usage, refused, policy] = await allEnded([
      this.books.open(tx, [...accounts.values()]),
      lockGroupPeriods(
        tx,
        places,
        distinct(found.flatMap((each) => this.placeAfter(each) ?? [])),
        this.memory.groups,
      ),
      readFunds(tx, [...accounts.values()], periodsOf(places), { lock: true }),
      findUsages(tx, sessions.flatMap(linesToRead)),
      findRefused(
        tx,
        [...unknown, ...fresh].map(({ requestKey }) => requestKey),
      ),
      this.policies.on(tx, localDateOf(tx.now, OPERATOR_ZONE)),
    ]);
    const byId = new Map(groups.map((group) => [groupPeriodId(group), group]));
    const bookOf = bookBy(books);
    await this.openMissing(tx, creates, byId, bookOf);
    const spendPlaces = spendPlacesOf(sessions, creates, accounts, { now: tx.now, policy });
    await this.countSpending(tx, spendPlaces, byId);
    const spending = await readSpending(tx, spendPlaces, byId, defaultCapOf(policy));
    return new SessionBatch({
      now: tx.now,
      systemNow: this.clock.now(),
      policy,
      bookOf,
      refused,
      sessions: new Map(sessions.map((session) => [session.sessionId, session])),
      groups: byId,
      funds,
      spending,
      usage: new Map(usage.map((each) => [each.usageId, each])),
      holderOf,
    });
  }

  /**
   * Runs work in rounds of statements, planned by keys: what tables held when a statement was planned must not mislead it. It is
   * told the number of the transaction.
   * @param after what is asked for leaves once this has come; it must not fail
   */
  inRounds<T>(
    tx: Tx,
    edges: TransactionEdges,
    work: (number: Promise<string>) => Promise<T>,
    after: Promise<void> | null,
  ): Promise<T> {
    const inOrder = async (): Promise<T> => {
      const begun = edges.begin();
      const number = planByKeysNumbered(tx);
      return (await allEnded([begun, number, work(number)]))[2];
    };
    return inRounds(tx, inOrder, after);
  }

  /**
   * Writes what the batch decided, and commits it at once where it is no more than single statements.
   * @returns what is to be done once it has been committed: it is remembered then
   */
  async write(tx: Tx, batch: SessionBatch, { edges, number, known }: Writing): Promise<() => void> {
    const writes = batch.writes();
    const notices = usesBetween(writes.groups);
    const marked = writes.rollovers.flatMap((group) => nextKeysOf(group, batch.bookOf(group.accountId)));
    const [version] = await askedInOrder([
      () => number,
      () => known && lockSessionsLookedAt(tx, known, writes),
      () => updateSessions(tx, writes.sessions, known?.sessions),
      () => known && lockGroupsLookedAt(tx, known, writes),
      () => updateGroups(tx, writes.groups, known),
      () => known && compareOthers(tx, known, writes),
      () => insertSessions(tx, writes.newSessions),
      () => insertDeadline(tx, writes.undated),
      () => insertRefused(tx, writes.refused),
      () => insertEntries(tx, writes.entries, writes.groups),
      () => insertRatedUsage(tx, writes.newUsage),
      () => updateRatedUsage(tx, writes.usage),
      () => savePurses(tx, writes.purses, 'session'),
      () => saveShareUses(tx, writes.shareUses),
      () => addSpendHolds(tx, writes.spendHolds),
      () => markForRerate(tx, marked),
      () => addPendingTotals(tx, writes.totals, writes.changedTotals),
      () => raiseAllowanceNotices(tx, notices),
      () => noteCreditChanges(tx, writes.creditChanges),
      // What cannot be put into a statement throws above, and nothing is committed without it.
      () => (isPlain(writes) && !passesPercent(notices) ? edges.commit() : undefined),
    ]);
    return () => this.memory.learn(writes, marked, version);
  }

  /**
   * The period after a session's, whose roll-over it may change; null where the group, as it is remembered, has nothing that goes
   * over. Had it come to something meanwhile, the period would only be locked later.
   */
  private placeAfter({ session, account }: SessionOfAccount): GroupPeriodKey | null {
    const known = this.memory.groups.find(groupPeriodId(session));
    if (known && !known.group.buckets.some(goesOver)) return null;
    const { lane, cardGroupId, period } = session;
    return { lane, cardGroupId, period: nextBillPeriod(billPeriodOf(period, account), account).key };
  }

  /** Sessions that a create opened while somebody held its number, which nobody holds now: it may be asked for again. */
  private async findFormer(
    tx: Tx,
    unknown: readonly AskedCreate[],
    holders: readonly OnlineHolder[],
  ): Promise<SessionOfAccount[]> {
    const wanted = unknown.flatMap(({ requestKey, keys }) =>
      holders.filter(({ number }) => keys.includes(number)).map(({ lane }) => ({ lane, requestKey })),
    );
    if (wanted.length === 0) return [];
    return lockSessions(tx, await findCreated(tx, wanted), this.memory);
  }

  /** From now on what is spent in the places' periods is counted, where it was not yet. */
  private async countSpending(
    tx: Tx,
    places: readonly SpendPlace[],
    groups: Map<string, GroupPeriod>,
  ): Promise<void> {
    const capped = distinct(places).flatMap((place) => groups.get(groupPeriodId(place)) ?? []);
    for (const group of await countSpending(tx, capped)) groups.set(groupPeriodId(group), group);
  }

  /** Opens periods that have begun and that nobody has used yet: all at once, as many begin at the same turn. */
  private async openMissing(
    tx: Tx,
    creates: readonly OnlineHolder[],
    groups: Map<string, GroupPeriod>,
    bookOf: (accountId: string) => AccountBook,
  ): Promise<void> {
    const missing = creates
      .map((holder) => ({ ...placeOf(holder, tx.now), accountId: holder.accountId }))
      .filter((place) => !groups.has(groupPeriodId(place)));
    const [first, ...others] = new Set(missing.map(({ accountId }) => bookOf(accountId)));
    if (!first) return;
    const accountIds = missing.map(({ accountId }) => accountId);
    await this.opening.ensure(
      tx,
      missing,
      others.length === 0 ? first : await this.books.together(tx, accountIds),
    );
    for (const group of await findGroupPeriods(tx, missing, { lock: true }))
      groups.set(groupPeriodId(group), group);
  }
}

/** Whether each thing that is written is one prepared statement, which is asked before anything is awaited. */
function isPlain(writes: BatchWrites): boolean {
  const { purses, shareUses, spendHolds, creditChanges, rollovers } = writes;
  return [purses, shareUses, spendHolds, creditChanges, rollovers].every((list) => list.length === 0);
}
