import { billPeriodOf, nextBillPeriod, type Instant } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import { goesOver } from '../balance/group-change';
import { groupPeriodId, type GroupPeriod, type GroupPeriodKey } from '../balance/group-period';
import { holderAt } from '../usage/guide';
import { isNewHolder, linesToRead, newHoldersSince, placeOf } from './batch-places';
import type { KnownSession } from './batch-read.store';
import type { SessionRequest } from './batch-state';
import type { KnownGroup } from './group-lock.store';
import { holdsAt, type KnownHolders } from './holder-read.store';
import type { KnownRows } from './known-rows.store';
import type { KnownAccount, OnlineHolder } from './online-account';
import type { Session } from './session';

/** Where what is remembered is found. */
export interface Remembered {
  holders: Finding<KnownHolders>;
  sessions: Finding<KnownSession>;
  accounts: Finding<KnownAccount>;
  /** Those that nobody else changes. */
  groups: Finding<KnownGroup>;
  books: { find(account: KnownAccount['account']): AccountBook | undefined };
}

interface Finding<V> {
  find(key: string): V | undefined;
}

/** All that is remembered of what some requests need, at a time: looked up once, and decided on. */
export class RecalledRows implements KnownRows {
  /** Of numbers for which no account speaks. */
  readonly holders = new Map<string, KnownHolders>();
  readonly sessions = new Map<string, KnownSession>();
  readonly accounts = new Map<string, KnownAccount>();
  readonly groups = new Map<string, KnownGroup>();
  readonly following = new Map<string, GroupPeriodKey>();
  /** What is decided on, by the ids of the rows. */
  readonly decided = {
    sessions: new Map<string, Session>(),
    groups: new Map<string, GroupPeriod>(),
    books: new Map<string, AccountBook>(),
  };
  private readonly found = new Map<readonly string[], OnlineHolder>();
  private readonly since: Instant;

  constructor(
    private readonly remembered: Remembered,
    readonly now: Instant,
  ) {
    this.since = newHoldersSince(now);
  }

  /** Adds what a request needs; false, and perhaps a part of it, where that is not remembered or not plain. */
  add(asked: SessionRequest): boolean {
    return asked.kind === 'create' ? this.addCreate(asked.keys) : this.addSession(asked.sessionId);
  }

  /** Who holds the keys of a create that was added. */
  holderOf(keys: readonly string[]): OnlineHolder | undefined {
    return this.found.get(keys);
  }

  private addCreate(keys: readonly string[]): boolean {
    let holders: readonly OnlineHolder[] = [];
    const numbers: [string, KnownHolders][] = [];
    for (const key of keys) {
      const known = this.remembered.holders.find(key);
      if (!known || !holdsAt(known, this.now)) return false;
      numbers.push([key, known]);
      // Mostly somebody holds one of the forms of a number.
      holders = holders.length === 0 ? known.holders : [...holders, ...known.holders];
    }
    const holder = holderAt(holders, this.now);
    if (!holder || isNewHolder(holder, this.since)) return false;
    this.found.set(keys, holder);
    if (!isSpokenFor(numbers, holder.accountId))
      for (const [key, known] of numbers) this.holders.set(key, known);
    return (
      // What changes for a number, also a sharing that begins or ends, changes the version of the products.
      this.addAccount(holder.accountId)?.account.productsVersion === holder.account.productsVersion &&
      this.addGroup(groupPeriodId(placeOf(holder, this.now))) !== undefined
    );
  }

  private addSession(sessionId: string): boolean {
    const known = this.remembered.sessions.find(sessionId);
    if (!known || linesToRead(known.session).length > 0) return false;
    const { session } = known;
    this.sessions.set(sessionId, known);
    this.decided.sessions.set(sessionId, session);
    const account = this.addAccount(session.accountId);
    const group = account && this.addGroup(groupPeriodId(session));
    if (!account || !group) return false;
    if (group.group.buckets.some(goesOver)) this.addFollowing(session, account);
    return true;
  }

  private addAccount(accountId: string): KnownAccount | undefined {
    const known = this.remembered.accounts.find(accountId);
    if (!known || known.account.paymentMode === 'prepaid' || known.account.capsSpending) return undefined;
    const book = this.remembered.books.find(known.account);
    if (!book) return undefined;
    this.accounts.set(accountId, known);
    this.decided.books.set(accountId, book);
    return known;
  }

  private addGroup(id: string): KnownGroup | undefined {
    const known = this.remembered.groups.find(id);
    if (!known) return undefined;
    this.groups.set(id, known);
    this.decided.groups.set(id, known.group);
    return known;
  }

  /** The period into which something of a session's may go over. */
  private addFollowing({ lane, cardGroupId, period }: GroupPeriodKey, { account }: KnownAccount): void {
    const key = { lane, cardGroupId, period: nextBillPeriod(billPeriodOf(period, account), account).key };
    this.following.set(groupPeriodId(key), key);
  }
}

/**
 * Whether nobody else than an account's products ever held one of the forms of a number: whoever changes that raises the version of
 * the account's products (`saveProductKeys`), so that only the row of the account need be compared. Forms that were read one
 * after the other may never have been so together.
 */
function isSpokenFor(numbers: readonly (readonly [string, KnownHolders])[], accountId: string): boolean {
  const reading = numbers[0]?.[1].reading;
  return numbers.every(
    ([, known]) =>
      known.reading === reading && known.holders.every((holder) => holder.accountId === accountId),
  );
}
