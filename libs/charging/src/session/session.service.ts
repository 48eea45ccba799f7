import { Injectable } from '@nestjs/common';
import { addMs, billPeriodAt, isId, newId } from '@ronghe/kernel';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { AccountBooks } from '../balance/account-books.service';
import { PeriodOpening } from '../balance/period-opening.service';
import { findNumberHolders } from '../projection/product.store';
import { guideOnline } from './online-guide';
import { chargingAnswer, type ChargingAnswer } from './charging-answer';
import type { ChargingRequest } from './charging-data';
import { ChargingRefusal, problemDetailsOf } from './charging-refusal';
import { VALIDITY_SECONDS } from './quota';
import { SessionQuota } from './session-quota.service';
import type { Session } from './session';
import {
  claimRequest,
  findExpired,
  insertSession,
  lockSession,
  saveAnswer,
  saveSession,
} from './session.store';
import { holderAt } from '../usage/guide';

/** An answer, with the session that a create made. */
export type SessionAnswer = ChargingAnswer & { sessionId: string | null };

const EXPIRED_AT_ONCE = 100;

/** Online charging of data sessions: reserve, use, release (TS 32.291, SEMANTICS §4). Every answer is stored before it is sent. */
@Injectable()
export class Sessions {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: SystemClock,
    private readonly books: AccountBooks,
    private readonly opening: PeriodOpening,
    private readonly quota: SessionQuota,
  ) {}

  /** Opens a session; 201, or a refusal: USER_UNKNOWN, CHARGING_NOT_APPLICABLE, QUOTA_LIMIT_REACHED. */
  async create(request: ChargingRequest): Promise<SessionAnswer> {
    const scope = ['create', request.consumer, request.subscriber ?? '', request.chargingId ?? ''].join('|');
    return this.answerOnce(scope, 'create', request, (tx) => this.open(tx, request));
  }

  /** Charges what was used and grants anew; 200, or CONTEXT_NOT_FOUND. */
  async update(sessionId: string, request: ChargingRequest): Promise<SessionAnswer> {
    return this.answerOnce(sessionId, 'update', request, async (tx) => {
      const session = await this.lock(tx, sessionId);
      const granted = await this.quota.move(
        tx,
        session,
        request.units,
        await this.books.open(tx, [session.accountId]),
      );
      await saveSession(tx, { ...granted.session, state: 'open', expiresAt: this.expiry() });
      return { ...chargingAnswer(200, request.sequenceNumber, tx.now, granted.units), sessionId };
    });
  }

  /** Charges what was used and gives the rest back; 204, or CONTEXT_NOT_FOUND. */
  async release(sessionId: string, request: ChargingRequest): Promise<SessionAnswer> {
    return this.answerOnce(sessionId, 'release', request, async (tx) => {
      const session = await this.lock(tx, sessionId);
      const book = await this.books.open(tx, [session.accountId]);
      await saveSession(tx, {
        ...(await this.quota.end(tx, session, request.units, book)),
        state: 'released',
      });
      return { status: 204, body: null, sessionId };
    });
  }

  /** Sessions whose time has passed on the system's clock. */
  expired(): Promise<string[]> {
    return this.transactions.read((tx) => findExpired(tx, this.clock.now(), EXPIRED_AT_ONCE));
  }

  /** Gives back what a dead session has reserved; one that came back to life is left alone. */
  async expire(sessionId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const session = await lockSession(tx, sessionId);
      if (session?.state !== 'open' || session.expiresAt > this.clock.now()) return;
      const book = await this.books.open(tx, [session.accountId]);
      await saveSession(tx, { ...(await this.quota.end(tx, session, [], book)), state: 'expired' });
    });
  }

  private async open(tx: Tx, request: ChargingRequest): Promise<SessionAnswer> {
    const { keys, subscriber } = guideOnline(request);
    const holders = await findNumberHolders(tx, keys);
    const book = await this.books.open(
      tx,
      holders.map((holder) => holder.accountId),
    );
    const held = holderAt(holders, tx.now);
    const product = held && book.productOf(held.productId);
    const cycle = held && book.cycleOf(held.accountId);
    if (!product || !cycle) throw new ChargingRefusal(404, 'USER_UNKNOWN', 'nobody holds this number or SIM');
    const usage = { productId: product.productId, usageClass: 'data', usedAt: tx.now } as const;
    if (!product.onlineClasses.includes('data') || !book.isPriced(usage)) {
      throw new ChargingRefusal(
        403,
        'CHARGING_NOT_APPLICABLE',
        'data of this subscriber is not charged online',
      );
    }
    const session: Session = {
      lane: product.lane,
      sessionId: newId(),
      accountId: product.accountId,
      productId: product.productId,
      cardGroupId: product.cardGroupId,
      period: billPeriodAt(tx.now, cycle).key,
      subscriber,
      consumer: request.consumer,
      chargingId: request.chargingId,
      state: 'open',
      startedAt: tx.now,
      expiresAt: this.expiry(),
      usedOctets: 0n,
    };
    await this.opening.ensure(tx, [session], book);
    await insertSession(tx, session);
    const granted = await this.quota.move(tx, session, request.units, book);
    if (granted.units.length > 0 && granted.units.every(({ grant }) => grant.octets === 0n)) {
      throw new ChargingRefusal(403, 'QUOTA_LIMIT_REACHED', 'nothing is left that this subscriber may use');
    }
    await saveSession(tx, granted.session);
    const { sessionId } = session;
    return { ...chargingAnswer(201, request.sequenceNumber, tx.now, granted.units), sessionId };
  }

  private async lock(tx: Tx, sessionId: string): Promise<Session> {
    const session = isId(sessionId) ? await lockSession(tx, sessionId) : undefined;
    if (!session || session.state === 'released') {
      throw new ChargingRefusal(404, 'CONTEXT_NOT_FOUND', 'there is no such open session');
    }
    return session;
  }

  /**
   * Runs a request once for its (scope, sequence number): again with the same body it gets the stored answer, with
   * another 400; while it is in flight the second waits. A refusal rolls its effects back and is stored as well.
   */
  private async answerOnce(
    scope: string,
    operation: string,
    request: ChargingRequest,
    work: (tx: Tx) => Promise<SessionAnswer>,
  ): Promise<SessionAnswer> {
    const bodyHash = `${operation} ${request.bodyHash}`;
    return this.transactions.run(async (tx) => {
      const known = await claimRequest(tx, scope, request.sequenceNumber, bodyHash);
      if (known) {
        if (known.bodyHash === bodyHash) return known;
        throw new ChargingRefusal(
          400,
          'MANDATORY_IE_INCORRECT',
          'this sequence number came before with another body',
          [{ param: 'invocationSequenceNumber', reason: 'already used' }],
        );
      }
      const emitted = tx.emitted.length;
      await tx.query('savepoint charging_request');
      const answer = await work(tx).catch(async (error: unknown): Promise<SessionAnswer> => {
        if (!(error instanceof ChargingRefusal)) throw error;
        await tx.query('rollback to savepoint charging_request');
        tx.emitted.length = emitted;
        return { status: error.status, body: problemDetailsOf(error), sessionId: null };
      });
      await saveAnswer(tx, scope, request.sequenceNumber, answer);
      return answer;
    });
  }

  private expiry() {
    return addMs(this.clock.now(), VALIDITY_SECONDS * 1000);
  }
}
