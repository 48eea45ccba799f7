import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant } from '@ronghe/kernel';
import { SystemClock, type Tx } from '@ronghe/platform';
import type { PoolClient } from 'pg';
import type { AccountBook } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { groupPeriodId, type GroupPeriod } from '../balance/group-period';
import { findGroupPeriods, markForRerate, saveGroupStates } from '../balance/group-period.store';
import { nextKeyOf } from '../balance/next-period';
import { PeriodOpening } from '../balance/period-opening.service';
import { groupBy } from '../group-by';
import { lockPurses, savePurses, type PurseKey } from '../money/purse.store';
import { usesBetween } from '../notice/notice';
import { raiseAllowanceNotices } from '../notice/notice.store';
import type { NumberHolder } from '../usage/guide';
import { insertRatedUsage, updateRatedUsage, findUsages } from '../usage/rated-usage.store';
import { addPendingTotals } from '../usage/usage-total.store';
import { findAnswers, findHolders, lockSessions } from './batch-read.store';
import {
  insertAnswers,
  insertEntries,
  insertSessions,
  updateBuckets,
  updateSessions,
} from './batch-write.store';
import { ChargingRefusal } from './charging-refusal';
import { guideSession, type GuidedSession } from './online-guide';
import { OnlinePolicies } from './online-policies.service';
import { answerId, type BatchRead, type SessionRequest } from './batch-state';
import { SessionBatch } from './session-batch';
import type { Session } from './session';

/** The zone whose day says which policy is in force. */
const OPERATOR_ZONE = 'Asia/Shanghai';

/** Reads for a batch of requests and writes what it decided: every step one statement for all of them. */
@Injectable()
export class BatchRun {
  constructor(
    private readonly clock: SystemClock,
    private readonly books: AccountBooks,
    private readonly opening: PeriodOpening,
    private readonly policies: OnlinePolicies,
  ) {}

  /** Locks and reads all that the requests need: sessions, then card groups, then money (the order of locks everywhere). */
  async read(tx: Tx, requests: readonly SessionRequest[]): Promise<SessionBatch> {
    const [answers, holders, sessions] = await Promise.all([
      findAnswers(tx, requests.flatMap(keysOfRequest)),
      findHolders(tx, [...new Set(requests.flatMap((asked) => (asked.kind === 'create' ? asked.keys : [])))]),
      lockSessions(tx, [
        ...new Set(requests.flatMap((asked) => ('sessionId' in asked ? asked.sessionId : []))),
      ]),
    ]);
    const accountIds = [...holders, ...sessions.values()].map(({ accountId }) => accountId);
    const book = await this.books.open(tx, accountIds);
    const guide = guideBy(holders, book, tx.now);
    const isNew = (asked: SessionRequest): boolean =>
      asked.kind === 'create' && !answers.has(answerId(asked.scope, asked.request.sequenceNumber));
    const opened = requests
      .filter(isNew)
      .flatMap((asked) => (asked.kind === 'create' ? guidedOf(asked, guide) : []));
    const wanted = [...sessions.values(), ...opened.map(({ product, period }) => ({ ...product, period }))];
    const groups = await this.lockGroups(tx, wanted, book);
    const [purses, usage] = await Promise.all([
      lockPurses(
        tx,
        [...groups.values()].filter((group) => isPrepaid(group, book)),
      ),
      findUsages(tx, [...sessions.values()].flatMap(linesToRead)),
    ]);
    const read: BatchRead = {
      now: tx.now,
      systemNow: this.clock.now(),
      policy: await this.policies.on(tx, localDateOf(tx.now, OPERATOR_ZONE)),
      book,
      answers,
      sessions,
      groups,
      purses,
      usage: new Map(usage.map((each) => [each.usageId, each])),
      guide,
    };
    return new SessionBatch(read);
  }

  /**
   * Runs work whose statements need not wait for each other's answers: they are sent as they come (pipelining), and the
   * order in which they are carried out is the order in which they were sent.
   */
  async pipelined<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
    const client = (await tx.client()) as PoolClient & { pipeline: boolean };
    client.pipeline = true;
    try {
      // Batches name their rows by key: what the tables held when a statement was planned must not mislead it.
      const planned = client.query(
        'set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
      );
      const [result] = await Promise.all([work(), planned]);
      return result;
    } finally {
      client.pipeline = false;
    }
  }

  /** Writes what the batch decided. */
  async write(tx: Tx, batch: SessionBatch): Promise<void> {
    const writes = batch.writes();
    const { book } = batch;
    await Promise.all([
      insertAnswers(tx, writes.answers),
      insertSessions(tx, writes.newSessions),
      updateSessions(tx, writes.sessions),
      updateBuckets(tx, writes.groups),
      insertEntries(tx, writes.entries, writes.groups),
      saveGroupStates(
        tx,
        writes.groups
          .filter(({ before, after }) => before.lastPlace !== after.lastPlace)
          .map(({ after }) => after),
      ),
      insertRatedUsage(tx, writes.newUsage),
      updateRatedUsage(tx, writes.usage),
      savePurses(tx, writes.purses, 'session'),
      markForRerate(
        tx,
        writes.rollovers.map((group) => nextKeyOf(group, book)),
      ),
      addPendingTotals(tx, writes.totals),
      raiseAllowanceNotices(tx, usesBetween(writes.groups)),
    ]);
  }

  private async lockGroups(
    tx: Tx,
    wanted: readonly Pick<Session, 'lane' | 'cardGroupId' | 'period' | 'accountId'>[],
    book: AccountBook,
  ): Promise<Map<string, GroupPeriod>> {
    const keys = [...new Map(wanted.map((key) => [groupPeriodId(key), key])).values()];
    const locked = await findGroupPeriods(tx, keys, { lock: true });
    const missing = keys.filter(
      (key) => !locked.some((group) => groupPeriodId(group) === groupPeriodId(key)),
    );
    if (missing.length > 0) {
      await this.opening.ensure(tx, missing, book);
      locked.push(...(await findGroupPeriods(tx, missing, { lock: true })));
    }
    return new Map(locked.map((group) => [groupPeriodId(group), group]));
  }
}

function keysOfRequest(asked: SessionRequest): { scope: string; sequenceNumber: number }[] {
  return asked.kind === 'expire'
    ? []
    : [{ scope: asked.scope, sequenceNumber: asked.request.sequenceNumber }];
}

function guideBy(
  holders: readonly NumberHolder[],
  book: AccountBook,
  now: Instant,
): (keys: readonly string[]) => GuidedSession {
  const byNumber = groupBy(holders, (holder) => holder.number);
  return (keys) => guideSession(keys, (key) => byNumber.get(key) ?? [], book, now);
}

/** Where a create leads; nowhere when it will be refused. */
function guidedOf(
  { keys }: { keys: readonly string[] },
  guide: (keys: readonly string[]) => GuidedSession,
): GuidedSession[] {
  try {
    return [guide(keys)];
  } catch (error) {
    if (error instanceof ChargingRefusal) return [];
    throw error;
  }
}

function isPrepaid({ accountId }: PurseKey, book: AccountBook): boolean {
  return book.cycleOf(accountId)?.paymentMode === 'prepaid';
}

/** What was rated of a session before; a line without use has none. */
function linesToRead({ lane, lines }: Session): { lane: number; usageId: string }[] {
  return lines.filter(({ used }) => used > 0n).map(({ usageId }) => ({ lane, usageId }));
}
