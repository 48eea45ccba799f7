import { Injectable } from '@nestjs/common';
import { billPeriodOf, localDateOf, nextBillPeriod, type Instant } from '@ronghe/kernel';
import { BusinessClock, SystemClock, type Tx } from '@ronghe/platform';
import { goesOver } from '../balance/group-change';
import { groupPeriodId, type GroupPeriodKey } from '../balance/group-period';
import { defaultCapOf } from '../spend-cap/reached-caps';
import { holderAt } from '../usage/guide';
import { bookBy, isNewHolder, linesToRead, OPERATOR_ZONE, placeOf, sessionPlaceOf } from './batch-places';
import type { SessionRequest } from './batch-state';
import { BoundedMemory } from './bounded-memory';
import { holdsAt } from './holder-read.store';
import { lockKnown, type KnownRows } from './known-rows.store';
import { guideSession } from './online-guide';
import type { OnlineHolder } from './online-account';
import { OnlinePolicies } from './online-policies.service';
import { SessionBatch } from './session-batch';
import { SessionBooks } from './session-books.service';
import { SessionMemory } from './session-memory.service';

/** Card groups that somebody else changes too, and how long they are read and not recalled: others may go on. */
const CONTESTED_LIMIT = 10_000;
const CONTESTED_MS = 1000;

/** A batch that is decided on what is remembered. */
export interface RecalledBatch {
  batch: SessionBatch;
  /** The number of the transaction; it fails, and the transaction with it, where what is stored is something else. */
  locked: Promise<string>;
}

const noFunds = { purses: new Map(), sharings: [], uses: new Map() };

/**
 * Batches of which nothing has to be read: all that their requests need is remembered. Such a batch is decided at once and goes to
 * PostgreSQL in one round, which locks and compares the rows before it writes (`lockKnown`).
 *
 * Only what is plain can be recalled: accounts that pay afterwards and have no caps, sessions that have not reported yet. That is what nearly all requests are about that open a session or end a short one.
 */
@Injectable()
export class BatchRecall {
  private readonly contested = new BoundedMemory<true>(CONTESTED_LIMIT, CONTESTED_MS, () =>
    performance.now(),
  );

  constructor(
    private readonly businessClock: BusinessClock,
    private readonly clock: SystemClock,
    private readonly books: SessionBooks,
    private readonly policies: OnlinePolicies,
    private readonly memory: SessionMemory,
  ) {}

  /** Those of the requests that can be recalled together, as it seems now. */
  among(requests: readonly SessionRequest[]): ReadonlySet<SessionRequest> {
    const now = this.businessClock.now();
    const rows = emptyRows();
    return new Set(requests.filter((asked) => this.recallInto(rows, asked, now)));
  }

  /** Null where something would have to be read. */
  recall(tx: Tx, requests: readonly SessionRequest[]): RecalledBatch | null {
    const { now } = tx;
    const policy = this.policies.knownOn(localDateOf(now, OPERATOR_ZONE));
    if (!policy || defaultCapOf(policy) !== null) return null;
    const rows = emptyRows();
    if (!requests.every((asked) => this.recallInto(rows, asked, now))) return null;
    const books = this.books.known([...rows.accounts.values()].map(({ account }) => account));
    if (!books) return null;
    const holderOf = (keys: readonly string[]): OnlineHolder | undefined => holderIn(rows, keys, now);
    const bookOf = bookBy(books);
    const batch = new SessionBatch({
      now,
      systemNow: this.clock.now(),
      policy,
      bookOf,
      refused: new Map(),
      sessions: new Map([...rows.sessions].map(([id, { session }]) => [id, session])),
      groups: new Map([...rows.groups].map(([id, { group }]) => [id, group])),
      funds: noFunds,
      spending: new Map(),
      usage: new Map(),
      holderOf: (keys) => sessionPlaceOf(holderOf(keys), now),
      guide: (keys) => guideSession(holderOf(keys), bookOf, now),
    });
    const locked = lockKnown(tx, rows);
    // Whoever fails before he waits for it leaves nothing unhandled behind.
    locked.catch(() => undefined);
    return { batch, locked };
  }

  /** What was not as it is remembered is read for a while; of numbers also what was remembered is forgotten. */
  forget(requests: readonly SessionRequest[]): void {
    const rows = emptyRows();
    const now = this.businessClock.now();
    for (const asked of requests) {
      this.recallInto(rows, asked, now);
      if (asked.kind === 'create') for (const key of asked.keys) this.memory.holders.forget(key);
    }
    for (const id of rows.groups.keys()) this.contested.keep(id, true);
  }

  /** Adds what a request needs; false, and perhaps a part of it, where that is not remembered or not plain. */
  private recallInto(rows: Rows, asked: SessionRequest, now: Instant): boolean {
    return asked.kind === 'create'
      ? this.recallCreate(rows, asked.keys, now)
      : this.recallSession(rows, asked.sessionId);
  }

  private recallCreate(rows: Rows, keys: readonly string[], now: Instant): boolean {
    for (const key of keys) {
      const known = rows.holders.get(key) ?? this.memory.holders.find(key);
      if (!known || !holdsAt(known, now)) return false;
      rows.holders.set(key, known);
    }
    const holder = holderIn(rows, keys, now);
    return (
      holder !== undefined &&
      !isNewHolder(holder, now) &&
      this.recallAccount(rows, holder.accountId) &&
      // A sharing that begins or ends changes no row of the number, but the version of the products.
      rows.accounts.get(holder.accountId)?.account.productsVersion === holder.account.productsVersion &&
      this.recallGroup(rows, placeOf(holder, now))
    );
  }

  private recallSession(rows: Rows, sessionId: string): boolean {
    const known = rows.sessions.get(sessionId) ?? this.memory.sessions.find(sessionId);
    if (!known || linesToRead(known.session).length > 0) return false;
    rows.sessions.set(sessionId, known);
    const { session } = known;
    return (
      this.recallAccount(rows, session.accountId) &&
      this.recallGroup(rows, session) &&
      this.recallFollowing(rows, session)
    );
  }

  private recallAccount(rows: Rows, accountId: string): boolean {
    const known = rows.accounts.get(accountId) ?? this.memory.accounts.find(accountId);
    if (!known || known.account.paymentMode === 'prepaid' || known.account.capsSpending) return false;
    if (!this.books.has(known.account)) return false;
    rows.accounts.set(accountId, known);
    return true;
  }

  private recallGroup(rows: Rows, key: GroupPeriodKey): boolean {
    const id = groupPeriodId(key);
    const known = rows.groups.get(id) ?? this.memory.groups.find(id);
    if (!known || this.contested.peek(id)) return false;
    rows.groups.set(id, known);
    return true;
  }

  /** The period into which something of the session's may go over. */
  private recallFollowing(rows: Rows, session: GroupPeriodKey & { accountId: string }): boolean {
    const { lane, cardGroupId, period } = session;
    if (!rows.groups.get(groupPeriodId(session))?.group.buckets.some(goesOver)) return true;
    const account = rows.accounts.get(session.accountId)?.account;
    if (!account) return false;
    const key = { lane, cardGroupId, period: nextBillPeriod(billPeriodOf(period, account), account).key };
    rows.following.set(groupPeriodId(key), key);
    return true;
  }
}

type Rows = {
  [K in keyof KnownRows]: KnownRows[K] extends ReadonlyMap<infer I, infer V> ? Map<I, V> : never;
};

function emptyRows(): Rows {
  return {
    holders: new Map(),
    sessions: new Map(),
    accounts: new Map(),
    groups: new Map(),
    following: new Map(),
  };
}

function holderIn({ holders }: KnownRows, keys: readonly string[], now: Instant): OnlineHolder | undefined {
  return holderAt(
    keys.flatMap((key) => holders.get(key)?.holders ?? []),
    now,
  );
}
