import { newIdEndingWith, type Amount, type Instant } from '@ronghe/kernel';
import type { UsageClass } from '@ronghe/contracts';
import type { Counter } from '@ronghe/rating';
import type { SessionAnswers } from './session-answers';

/**
 * Open: has quota. Expired: gave back what it reserved, may still report. Released: over. Refused: never was one; its row
 * keeps the answer.
 */
export type SessionState = 'open' | 'expired' | 'released' | 'refused';

/** An online charging session: the charging data resource of TS 32.291. */
export interface Session {
  lane: number;
  /** ChargingDataRef. */
  sessionId: string;
  /** Of the create that opened it: who asks, for whom, and its number, as 128 bits of a hash; null for one from before this was kept. */
  requestKey: string | null;
  accountId: string;
  productId: string;
  cardGroupId: string;
  /** Bill period of its start; all its use belongs there. */
  period: string;
  subscriber: string;
  consumer: string;
  chargingId: number | null;
  /** Where the network function wants to be told of a change; null: nowhere. */
  notifyUri: string | null;
  /** The other side's number, for calls and messages. */
  peer: string | null;
  state: SessionState;
  /** Business time of its start. */
  startedAt: Instant;
  /** System time after which it is taken for dead. */
  expiresAt: Instant;
  lines: readonly SessionLine[];
  reserved: readonly Reservation[];
  pace: readonly GrantPace[];
  answers: SessionAnswers;
}

/**
 * What a session has used of one class since a change of tariff, or since its start: one rated usage, priced on its
 * total. Only what has been used has a line.
 */
export interface SessionLine {
  /** The rated usage. Of the first line, the session's own id. */
  usageId: string;
  usageClass: UsageClass;
  /** Start of the session, or the change of tariff after which it was used. */
  from: Instant;
  /** All that was reported: octets, seconds, messages or items. */
  used: bigint;
  /** Only of a rating group whose units somebody else has priced: it has lines of its own. */
  priced?: PricedGroup;
}

/** A rating group whose units somebody else has priced, each at so much; its price when its line began holds for the line. */
export interface PricedGroup {
  ratingGroup: number;
  each: Amount;
}

/** A reservation's place: one per session, rating group and user plane; a new request replaces it (TS 32.299). */
export interface ReservationKey {
  ratingGroup: number;
  /** Empty where none is named. */
  upfId: string;
}

/**
 * Units of a bucket, an amount of a money bucket, or of a spend cap, in micro-yuan, that a session holds for itself; or what it would add
 * to a counter, so that nobody else is given what is free or flat there.
 */
export interface Reservation extends ReservationKey {
  usageClass: UsageClass;
  kind: 'units' | 'money' | 'spend' | 'counter';
  /** The bucket's code; of money the bucket's id; of a spend cap the period or day; of a counter its key. */
  bucket: string;
  units: bigint;
  /** The member whose cap the units count against; absent: none. */
  member?: string;
  /** The sharing by which another account's money is held; absent: its own account's. */
  sharingId?: string;
  /** All that is added to the counter, its units too. */
  counted?: Counter;
}

/** How much a rating group was granted last, and when on the system's clock: what its pace is judged by. */
export interface GrantPace extends ReservationKey {
  at: Instant;
  granted: bigint;
}

/**
 * A session after something of it changed. Each field by its name: an object that is spread into another one is copied the slow
 * way, and every request changes a session.
 */
export function sessionWith(
  session: Session,
  changed: Pick<Session, 'state' | 'expiresAt' | 'lines' | 'reserved' | 'pace' | 'answers'>,
): Session {
  return {
    lane: session.lane,
    sessionId: session.sessionId,
    requestKey: session.requestKey,
    accountId: session.accountId,
    productId: session.productId,
    cardGroupId: session.cardGroupId,
    period: session.period,
    subscriber: session.subscriber,
    consumer: session.consumer,
    chargingId: session.chargingId,
    notifyUri: session.notifyUri,
    peer: session.peer,
    state: changed.state,
    startedAt: session.startedAt,
    expiresAt: changed.expiresAt,
    lines: changed.lines,
    reserved: changed.reserved,
    pace: changed.pace,
    answers: changed.answers,
  };
}

/** The source of rated usage that comes from sessions. */
export const ONLINE_SOURCE = 'nchf';

const LANE_DIGITS = 3;
const LANE_LIMIT = 1024;

/**
 * A new session's id. Ids grow: of sessions that start at one instant, that which came first is rated first. The last three
 * digits are the lane, so that a reference alone leads to its rows.
 */
export function newSessionId(lane: number): string {
  return newIdEndingWith(lane, LANE_DIGITS);
}

/** The lane of a session's id; null for one that no session can have. */
export function laneOfSession(sessionId: string): number | null {
  const lane = Number.parseInt(sessionId.slice(-LANE_DIGITS), 16);
  return lane < LANE_LIMIT ? lane : null;
}

/** Whether it has to be said when an open session is dead: it was not open before, or is dead sooner than it was to be. */
export function isUndated(session: Session, before: ReadonlyMap<string, Session>): boolean {
  if (session.state !== 'open') return false;
  const known = before.get(session.sessionId);
  return known?.state !== 'open' || known.expiresAt > session.expiresAt;
}

/** Whether use may still be reported in it. */
export function isCharged({ state }: Session): boolean {
  return state === 'open' || state === 'expired';
}
