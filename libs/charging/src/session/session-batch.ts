import type { UsageClass } from '@ronghe/contracts';
import { addMs, type Instant } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import { groupPeriodId } from '../balance/group-period';
import { chargingError } from '../charging.errors';
import { SpendingBook } from '../spend-cap/spending-book';
import { FundsBook } from '../money-sharing/funds-book';
import type { RatingOutcome, UsageFact } from '../usage/rated-usage';
import { chargingAnswer, refusalAnswer, type SessionAnswer } from './charging-answer';
import type { ChargingRequest } from './charging-data';
import { ChargingRefusal } from './charging-refusal';
import { guideSession, type GuidedSession } from './online-guide';
import type { PlacedUnit } from '../sharing/unit-neighbours';
import { newSession } from './new-session';
import { answered, answering, repeatedAnswer } from './request-answer';
import { isCharged, isUndated, type Session } from './session';
import { answersSince, answerTo, withAnswer, type SessionAnswers } from './session-answers';
import { BatchGroups } from './batch-groups';
import { sessionPlaceOf } from './batch-places';
import type { BatchRead, BatchWrites, SessionRequest } from './batch-state';
import type { OnlineHolder } from './online-account';
import {
  areAllOut,
  assertOnline,
  endsCredit,
  nothingLeft,
  refusalOfStopped,
  reportsUse,
  unitsStopped,
} from './session-checks';
import { settleEvent, unitsWanted } from './immediate-event';
import { RefusedCreates } from './refused-creates';
import { SessionWork } from './session-work';
import { dayOfSession } from './spend-places';
import { unitAnswers } from './unit-answers';

/**
 * Decides requests that arrived together, one after the other, on what was read for all of them: each sees what those
 * before it left. Nothing outlives the batch; a request that is refused or fails leaves no trace in it.
 */
export class SessionBatch {
  /** Sessions that have changed, or are new; the others are as they were read. */
  private readonly kept = new Map<string, Session>();
  private readonly groups: BatchGroups;
  private readonly funds: FundsBook;
  private readonly spending: SpendingBook;
  private readonly usage: Map<string, UsageFact & RatingOutcome>;
  private readonly refused: RefusedCreates;
  /** By request key. */
  private readonly opened = new Map<string, string>();
  private readonly created = new Set<string>();
  private readonly written = {
    entries: [] as BatchWrites['entries'],
    usage: new Map<string, UsageFact & RatingOutcome>(),
    purses: [] as BatchWrites['purses'],
    creditChanges: [] as BatchWrites['creditChanges'],
    rollovers: new Map<string, PlacedUnit>(),
  };
  /** The ends of what is granted now, in business time, and of its session, on the system's clock. */
  private readonly grantsUntil: Instant;
  private readonly expiresAt: Instant;

  constructor(private readonly read: BatchRead) {
    const validityMs = read.policy.validitySeconds * 1000;
    this.grantsUntil = addMs(read.now, validityMs);
    this.expiresAt = addMs(read.systemNow, validityMs);
    for (const { requestKey, sessionId } of read.sessions.values())
      if (requestKey !== null) this.opened.set(requestKey, sessionId);
    this.groups = new BatchGroups(read.groups.values());
    this.funds = new FundsBook(read.funds);
    this.spending = new SpendingBook(read.spending);
    this.usage = new Map(read.usage);
    this.refused = new RefusedCreates(read.refused);
  }

  /** Products and offers of an account. */
  bookOf(accountId: string): AccountBook {
    return this.read.bookOf(accountId);
  }

  /** Answers a request. @throws what rating throws where facts have not arrived; the batch is as before then. */
  decide(asked: SessionRequest): SessionAnswer {
    switch (asked.kind) {
      case 'create':
        return this.decideCreate(asked.requestKey, asked.keys, asked.request);
      case 'update':
        return this.decideReport(asked.sessionId, asked.request, 'open');
      case 'release':
        return this.decideReport(asked.sessionId, asked.request, 'released');
      case 'expire':
        return this.expire(asked.sessionId);
    }
  }

  /** What has to be written for all that was decided. */
  writes(): BatchWrites {
    const { usage, rollovers, ...lists } = this.written;
    const all = [...usage.values()];
    const kept = [...this.kept.values()];
    const isNew = ({ sessionId }: Session): boolean => this.created.has(sessionId);
    return {
      ...lists,
      refused: this.refused.written,
      shareUses: this.funds.shareUses(),
      spendHolds: this.spending.holds(),
      newSessions: kept.filter(isNew),
      sessions: kept.filter((session) => !isNew(session)),
      undated: kept.filter((session) => isUndated(session, this.read.sessions)),
      groups: this.groups.changed(),
      ...this.groups.totals(),
      newUsage: all.filter(({ usageId }) => !this.read.usage.has(usageId)),
      usage: all.filter(({ usageId }) => this.read.usage.has(usageId)),
      rollovers: [...rollovers.values()],
    };
  }

  /** A create: its answer is kept by its session, or by a row that says that it was refused. */
  private decideCreate(requestKey: string, keys: readonly string[], request: ChargingRequest): SessionAnswer {
    const known = this.sessionBy(this.opened.get(requestKey) ?? '');
    if (known) return repeatedAnswer(known.answers.first, request, known);
    const holder = this.refused.has(requestKey) ? undefined : this.read.holderOf(keys);
    if (!holder) return this.refused.answer(requestKey, request);
    const answer = answering(() => this.create(requestKey, holder, request));
    const sessionId = answer.sessionId ?? this.keepRefused(requestKey, holder, request, answer);
    this.created.add(sessionId);
    this.opened.set(requestKey, sessionId);
    return answer.status < 400 ? answer : { ...answer, sessionId: null };
  }

  /** A session that never was one: it keeps the answer. */
  private keepRefused(
    requestKey: string,
    holder: OnlineHolder,
    request: ChargingRequest,
    answer: SessionAnswer,
  ): string {
    const session = newSession(requestKey, sessionPlaceOf(holder, this.read.now), request, this.read);
    const answers = answersSince(answered(answer, request));
    this.kept.set(session.sessionId, { ...session, state: 'refused', answers });
    return session.sessionId;
  }

  /** An update or a release: the session keeps its answer for as long as it has not ended. */
  private decideReport(
    sessionId: string,
    request: ChargingRequest,
    state: 'open' | 'released',
  ): SessionAnswer {
    const session = this.sessionBy(sessionId);
    const known = session && answerTo(session.answers, request.sequenceNumber);
    if (known) return repeatedAnswer(known === 'forgotten' ? null : known, request, session);
    const answer = answering(() =>
      state === 'open' ? this.update(sessionId, request) : this.release(sessionId, request),
    );
    // One that was done is kept with its answer already.
    if (answer.sessionId === null && session && isCharged(session)) {
      const answers = withAnswer(session.answers, answered(answer, request));
      this.kept.set(sessionId, { ...session, answers });
    }
    return answer;
  }

  private create(requestKey: string, holder: OnlineHolder, request: ChargingRequest): SessionAnswer {
    const guided = guideSession(holder, this.read.bookOf, this.read.now);
    const stopped = refusalOfStopped(request, guided);
    if (stopped && !reportsUse(request)) throw stopped;
    const session = this.sessionOf(requestKey, guided, request);
    const work = this.workOn(session, request.shownClass);
    assertOnline(work, request, guided);
    const wanted = unitsWanted(work, request);
    const unpriced = work.use(wanted);
    if (stopped) return this.refuseCreate(work, request, stopped);
    const units = unitAnswers(work, wanted, unpriced);
    const isEvent = request.oneTimeEvent !== null;
    if (isEvent) settleEvent(work, request.oneTimeEvent, wanted, units);
    else if (areAllOut(units)) {
      this.written.creditChanges.push(...this.sharersOf(session));
      return this.refuseCreate(work, request, nothingLeft());
    }
    const { now, policy } = this.read;
    const { status, body } = chargingAnswer(201, request.sequenceNumber, now, units, policy);
    const answer = { status, body, sessionId: session.sessionId };
    this.take(work, isEvent ? 'released' : 'open', answersSince(answered(answer, request)));
    return answer;
  }

  /** A create that is refused opens no session; what it reports was used all the same, and is charged. */
  private refuseCreate(work: SessionWork, request: ChargingRequest, refusal: ChargingRefusal): SessionAnswer {
    if (work.usage.length === 0) throw refusal;
    work.giveBack(null);
    const answer = refusalAnswer(refusal);
    this.take(work, 'released', answersSince(answered(answer, request)));
    return { ...answer, sessionId: work.session.sessionId };
  }

  private update(sessionId: string, request: ChargingRequest): SessionAnswer {
    const work = this.workOn(this.openSession(sessionId), request.shownClass);
    work.giveBack(request.units);
    const unpriced = work.use(request.units);
    const product = this.bookOf(work.session.accountId).productOf(work.session.productId);
    const stopped = unitsStopped(work, request, product, this.read.now);
    const units = unitAnswers(work, request.units, unpriced, stopped);
    const { now, policy } = this.read;
    const { status, body } = chargingAnswer(200, request.sequenceNumber, now, units, policy);
    const answer = { status, body, sessionId };
    this.take(work, 'open', withAnswer(work.session.answers, answered(answer, request)));
    return answer;
  }

  private release(sessionId: string, request: ChargingRequest): SessionAnswer {
    const work = this.workOn(this.openSession(sessionId), request.shownClass);
    work.giveBack(null);
    work.use(request.units);
    const answer = { status: 204, body: null, sessionId };
    this.take(work, 'released', withAnswer(work.session.answers, answered(answer, request)));
    return answer;
  }

  /** Gives back what a dead session holds; one that came back to life is left alone. */
  private expire(sessionId: string): SessionAnswer {
    const session = this.sessionBy(sessionId);
    if (session?.state === 'open' && session.expiresAt <= this.read.systemNow) {
      const work = this.workOn(session, null);
      work.giveBack(null);
      this.take(work, 'expired', session.answers);
    }
    return { status: 204, body: null, sessionId };
  }

  private sessionOf(requestKey: string, guided: GuidedSession, request: ChargingRequest): Session {
    const { lane, accountId, productId } = guided.product;
    const cardGroupId = this.read.bookOf(accountId).ratingUnitOf(guided.product, this.read.now);
    const place = { lane, accountId, productId, cardGroupId, period: guided.period };
    return newSession(requestKey, place, request, this.read);
  }

  private openSession(sessionId: string): Session {
    const session = this.sessionBy(sessionId);
    if (!session || !isCharged(session))
      throw new ChargingRefusal(404, 'CONTEXT_NOT_FOUND', 'there is no such open session');
    return session;
  }

  private workOn(session: Session, shownClass: UsageClass | null): SessionWork {
    const group = this.groups.find(session);
    if (!group)
      throw chargingError('projection_behind', 'the period of the session is not open', {
        period: session.period,
      });
    const book = this.read.bookOf(session.accountId);
    const balances = {
      session,
      group,
      funds: this.funds.fundsOf(session.accountId, session.period),
      spending: this.spending.of(session.productId, {
        period: session.period,
        day: () => dayOfSession(session, book),
      }),
      usage: this.usage,
    };
    const { now, systemNow, policy } = this.read;
    const at = { now, systemNow, policy, grantsUntil: this.grantsUntil, book };
    return new SessionWork(at, balances, shownClass);
  }

  /** The accounts whose sessions draw on the same allowances, or the same money. */
  private sharersOf({ lane, accountId, cardGroupId }: Session): { lane: number; accountId: string }[] {
    const ofUnit = this.read.bookOf(accountId).accountsOfUnit(cardGroupId);
    const sharers = new Set([accountId, ...ofUnit, ...this.funds.sharersOf(accountId)]);
    return [...sharers].map((sharer) => ({ lane, accountId: sharer }));
  }

  private sessionBy(sessionId: string): Session | undefined {
    return this.kept.get(sessionId) ?? this.read.sessions.get(sessionId);
  }

  /** Takes over what a request did, with what is answered to it. */
  private take(work: SessionWork, state: Session['state'], answers: SessionAnswers): void {
    const expiresAt = state === 'open' ? this.expiresAt : work.session.expiresAt;
    const session = work.sessionAfter({ state, expiresAt, answers });
    const { sessionId } = session;
    this.kept.set(sessionId, session);
    this.groups.keep(work.group, work.totals);
    if (work.funds) this.funds.keep(work.funds);
    this.spending.keep(session, work.spending, work.spendHolds);
    for (const usage of work.usage) {
      this.usage.set(usage.usageId, usage);
      this.written.usage.set(usage.usageId, usage);
    }
    for (const entry of work.entries) this.written.entries.push({ group: session, sessionId, entry });
    if (endsCredit(work)) this.written.creditChanges.push(...this.sharersOf(session));
    for (const change of work.money)
      this.written.purses.push({ reference: `session ${sessionId}`, ...change });
    if (work.movesRollover) this.written.rollovers.set(groupPeriodId(session), session);
  }
}
