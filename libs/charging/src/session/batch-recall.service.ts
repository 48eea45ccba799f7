import { Injectable } from '@nestjs/common';
import type { OnlineChargingPolicy } from '@ronghe/contracts';
import { laneOf, localDateOf, type Instant } from '@ronghe/kernel';
import { BusinessClock, SystemClock, type Tx } from '@ronghe/platform';
import { defaultCapOf } from '../spend-cap/reached-caps';
import { bookBy, OPERATOR_ZONE } from './batch-places';
import type { SessionRequest } from './batch-state';
import { BoundedMemory } from './bounded-memory';
import type { Place } from './busy-places';
import type { KnownRows } from './known-rows.store';
import { OnlinePolicies } from './online-policies.service';
import { RecalledRows, type Remembered } from './recalled-rows.service';
import { laneOfSession } from './session';
import { SessionBatch } from './session-batch';
import { SessionBooks } from './session-books.service';
import { SessionMemory } from './session-memory.service';

/** Card groups that somebody else changes too, and how long they are read and not recalled: others may go on. */
const CONTESTED_LIMIT = 10_000;
const CONTESTED_MS = 1000;

/** Requests with all that is remembered of what they need. */
export interface Recallable {
  requests: readonly SessionRequest[];
  rows: RecalledRows;
  /** What had been published when the books among the rows were. */
  stamp: string;
}

/** A batch that is decided on what is remembered. */
export interface RecalledBatch {
  batch: SessionBatch;
  /** What it was decided on, to be compared with what is stored. */
  rows: KnownRows;
}

const noFunds = { purses: new Map(), sharings: [], uses: new Map() };

/**
 * Batches of which nothing has to be read: all that their requests need is remembered. Such a batch is decided at once and goes to
 * PostgreSQL in one round, which compares the rows as it writes them (batch-write, known-rows).
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

  /** Where a request's rows lie, to keep those of a balance group in one batch; a place that is wrong costs time only. */
  placeOf(asked: SessionRequest): Place {
    if (asked.kind === 'create') {
      for (const key of asked.keys) {
        // Of the holder whose product is the latest; he may hold the number no more.
        const holder = this.memory.holders.peek(key)?.holders.at(-1);
        if (holder) return { lane: holder.lane, balanceGroupId: this.balanceGroupOf(holder.accountId) };
      }
      return { lane: laneOf(asked.keys[0] ?? ''), balanceGroupId: null };
    }
    const known = this.memory.sessions.peek(asked.sessionId);
    const balanceGroupId = known ? this.balanceGroupOf(known.session.accountId) : null;
    return { lane: laneOfSession(asked.sessionId) ?? 0, balanceGroupId };
  }

  private balanceGroupOf(accountId: string): string | null {
    return this.memory.accounts.peek(accountId)?.account.balanceGroupId ?? null;
  }

  /** What is remembered, as it seems now, or else those of the requests of which something is not, in their order. */
  gather(requests: readonly SessionRequest[]): Recallable | { others: readonly SessionRequest[] } {
    const now = this.businessClock.now();
    if (!this.policyAt(now)) return { others: requests };
    const rows = new RecalledRows(this.remembered(), now);
    const others = requests.filter((asked) => !rows.add(asked));
    return others.length > 0 ? { others } : { requests, rows, stamp: this.books.stamp };
  }

  /** Null where something would have to be read. What was gathered counts in a transaction of its instant; later it is gathered anew. */
  recall(tx: Tx, gathered: Recallable): RecalledBatch | null {
    const { now } = tx;
    const policy = this.policyAt(now);
    const rows = policy && this.rowsOf(tx, gathered);
    if (!rows) return null;
    const bookOf = bookBy(rows.decided.books);
    const batch = new SessionBatch({
      now,
      systemNow: this.clock.now(),
      policy,
      bookOf,
      refused: new Map(),
      sessions: rows.decided.sessions,
      groups: rows.decided.groups,
      funds: noFunds,
      spending: new Map(),
      usage: new Map(),
      holderOf: (keys) => rows.holderOf(keys),
    });
    return { batch, rows };
  }

  /** What was not as it is remembered is read for a while; of numbers also what was remembered is forgotten. */
  forget(requests: readonly SessionRequest[]): void {
    const rows = new RecalledRows(this.remembered(), this.businessClock.now());
    for (const asked of requests) {
      rows.add(asked);
      if (asked.kind === 'create') for (const key of asked.keys) this.memory.holders.forget(key);
    }
    for (const id of rows.groups.keys()) this.contested.keep(id, true);
  }

  /** The policy, where all is as fresh as it has to be, and nobody is capped by it. */
  private policyAt(now: Instant): OnlineChargingPolicy | null {
    const policy = this.policies.knownOn(localDateOf(now, OPERATOR_ZONE));
    return policy && defaultCapOf(policy) === null && this.books.isFresh() ? policy : null;
  }

  private rowsOf(tx: Tx, { requests, rows, stamp }: Recallable): RecalledRows | null {
    if (rows.now === tx.now && stamp === this.books.stamp) return rows;
    const anew = new RecalledRows(this.remembered(), tx.now);
    return requests.every((asked) => anew.add(asked)) ? anew : null;
  }

  private remembered(): Remembered {
    const { books, contested, memory } = this;
    const { holders, sessions, accounts } = memory;
    const groups = {
      find: (id: string) => (contested.peek(id) ? undefined : memory.groups.find(id)),
    };
    return { holders, sessions, accounts, groups, books };
  }
}
