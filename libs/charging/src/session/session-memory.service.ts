import { Injectable } from '@nestjs/common';
import { groupPeriodId, type GroupPeriod, type GroupPeriodKey } from '../balance/group-period';
import type { KnownSession } from './batch-read.store';
import type { BatchWrites } from './batch-state';
import { BoundedMemory } from './bounded-memory';
import type { KnownGroup } from './group-lock.store';
import type { KnownHolders } from './holder-read.store';
import type { KnownAccount } from './online-account';

/** Numbers, accounts, sessions and card groups' periods that are remembered. */
const HOLDERS_LIMIT = 50_000;
const ACCOUNTS_LIMIT = 50_000;
const SESSIONS_LIMIT = 50_000;
const GROUPS_LIMIT = 20_000;
/** Far less than it takes to use up 2^32 transactions, after which a row's xmin could be another transaction's. */
const LIFE_MS = 600_000;

const sinceStart = (): number => performance.now();

/**
 * What batches have read and written, so that the next ones need not read it again. Each batch asks under its locks whether the
 * rows are still the same: every change of a row, by whomever, gives it another xmin (the transaction that wrote it). Some rows
 * speak for others, whose writers write them too: card groups for buckets, accounts for holders of numbers. What is remembered is
 * never changed in place.
 */
@Injectable()
export class SessionMemory {
  holders = new BoundedMemory<KnownHolders>(HOLDERS_LIMIT, LIFE_MS, sinceStart);
  accounts = new BoundedMemory<KnownAccount>(ACCOUNTS_LIMIT, LIFE_MS, sinceStart);
  sessions = new BoundedMemory<KnownSession>(SESSIONS_LIMIT, LIFE_MS, sinceStart);
  groups = new BoundedMemory<KnownGroup>(GROUPS_LIMIT, LIFE_MS, sinceStart);

  keepsAnything = true;

  /** From now on everything is read each time: what answers with and without memory are compared by. */
  keepNothing(): void {
    this.keepsAnything = false;
    this.holders = new BoundedMemory(0, 0, sinceStart);
    this.accounts = new BoundedMemory(0, 0, sinceStart);
    this.sessions = new BoundedMemory(0, 0, sinceStart);
    this.groups = new BoundedMemory(0, 0, sinceStart);
  }

  /**
   * Takes over what a batch wrote, once it has been committed.
   * @param version the xmin that its rows have: the number of its transaction
   * @param marked groups that it changed in another way besides
   */
  learn(writes: BatchWrites, marked: readonly GroupPeriodKey[], version: string): void {
    for (const session of [...writes.newSessions, ...writes.sessions]) {
      if (session.state === 'open') this.sessions.keep(session.sessionId, { session, version });
      else this.sessions.forget(session.sessionId);
    }
    for (const { before, after } of writes.groups) this.learnGroup(before, after, version);
    for (const key of marked) this.groups.forget(groupPeriodId(key));
  }

  private learnGroup(before: GroupPeriod, after: GroupPeriod, version: string): void {
    const id = groupPeriodId(after);
    // Not as it was read for this batch: another one read it since, and knows more.
    if (this.groups.find(id)?.group !== before || after.buckets.length !== before.buckets.length) {
      this.groups.forget(id);
      return;
    }
    this.groups.keep(id, { group: after, version });
  }
}
