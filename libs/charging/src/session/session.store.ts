import { instantFromDate, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { GroupPeriodKey } from '../balance/group-period';
import type { ChargingAnswer } from './charging-answer';
import type { Reservation, Session, SessionState } from './session';

interface SessionRow {
  lane: number;
  session_id: string;
  account_id: string;
  product_id: string;
  card_group_id: string;
  period: string;
  subscriber: string;
  consumer: string;
  charging_id: string | null;
  state: SessionState;
  started_at: Date;
  expires_at: Date;
  used_octets: string;
}

/** A request as it was answered. */
export interface AnsweredRequest extends ChargingAnswer {
  bodyHash: string;
  sessionId: string | null;
}

/**
 * Takes a request's (scope, sequence number). Null when it is new; else the request that took it first, for which a
 * second one waits here until it has ended.
 */
export async function claimRequest(
  tx: Tx,
  scope: string,
  sequenceNumber: number,
  bodyHash: string,
): Promise<AnsweredRequest | null> {
  const inserted = await tx.execute(
    `insert into charging.session_request (scope, sequence_number, body_hash) values ($1, $2, $3) on conflict do nothing`,
    [scope, sequenceNumber, bodyHash],
  );
  if (inserted > 0) return null;
  const [row] = await tx.query<{
    body_hash: string;
    session_id: string | null;
    status: number;
    answer: Record<string, unknown> | null;
  }>(
    `select body_hash, session_id, status, answer from charging.session_request where scope = $1 and sequence_number = $2`,
    [scope, sequenceNumber],
  );
  return row
    ? { bodyHash: row.body_hash, sessionId: row.session_id, status: row.status, body: row.answer }
    : null;
}

/** Stores the answer of a request that was claimed in this transaction. */
export async function saveAnswer(
  tx: Tx,
  scope: string,
  sequenceNumber: number,
  answer: ChargingAnswer & { sessionId: string | null },
): Promise<void> {
  await tx.execute(
    `update charging.session_request set session_id = $3, status = $4, answer = $5
     where scope = $1 and sequence_number = $2`,
    [scope, sequenceNumber, answer.sessionId, answer.status, answer.body && JSON.stringify(answer.body)],
  );
}

/** Writes a new session and where it lies. */
export async function insertSession(tx: Tx, session: Session): Promise<void> {
  await tx.execute(
    `insert into charging.session (lane, session_id, account_id, product_id, card_group_id, period, subscriber, consumer,
       charging_id, state, started_at, expires_at, used_octets)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      session.lane,
      session.sessionId,
      session.accountId,
      session.productId,
      session.cardGroupId,
      session.period,
      session.subscriber,
      session.consumer,
      session.chargingId,
      session.state,
      session.startedAt,
      session.expiresAt,
      session.usedOctets.toString(),
    ],
  );
  await tx.execute(`insert into charging.session_locator (session_id, lane) values ($1, $2)`, [
    session.sessionId,
    session.lane,
  ]);
}

/** A session, locked until the transaction ends. */
export async function lockSession(tx: Tx, sessionId: string): Promise<Session | undefined> {
  const [row] = await tx.query<SessionRow>(
    `select s.* from charging.session s join charging.session_locator l using (lane, session_id)
     where l.session_id = $1 for update of s`,
    [sessionId],
  );
  return row && sessionFromRow(row);
}

/** Writes what changes of a session. */
export async function saveSession(tx: Tx, session: Session): Promise<void> {
  await tx.execute(
    `update charging.session set state = $3, expires_at = $4, used_octets = $5 where lane = $1 and session_id = $2`,
    [session.lane, session.sessionId, session.state, session.expiresAt, session.usedOctets.toString()],
  );
}

/** Open sessions that are dead at the given system time. */
export async function findExpired(tx: Tx, at: Instant, limit: number): Promise<string[]> {
  const rows = await tx.query<{ session_id: string }>(
    `select session_id from charging.session where state = 'open' and expires_at <= $1 order by expires_at limit $2`,
    [at, limit],
  );
  return rows.map((row) => row.session_id);
}

/** What a session has reserved. */
export async function findReservations(tx: Tx, { lane, sessionId }: Session): Promise<Reservation[]> {
  const rows = await tx.query<{ rating_group: string; upf_id: string; bucket_code: string; units: string }>(
    `select rating_group, upf_id, bucket_code, units from charging.reservation where lane = $1 and session_id = $2`,
    [lane, sessionId],
  );
  return rows.map((row) => ({
    ratingGroup: Number(row.rating_group),
    upfId: row.upf_id,
    bucketCode: row.bucket_code,
    units: BigInt(row.units),
  }));
}

/** Replaces all that a session has reserved. */
export async function saveReservations(
  tx: Tx,
  { lane, sessionId }: Session,
  reservations: readonly Reservation[],
): Promise<void> {
  await tx.execute(`delete from charging.reservation where lane = $1 and session_id = $2`, [lane, sessionId]);
  await tx.execute(
    `insert into charging.reservation (lane, session_id, rating_group, upf_id, bucket_code, units)
     select $1, $2, rating_group, upf_id, bucket_code, units
     from unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[]) as new (rating_group, upf_id, bucket_code, units)`,
    [
      lane,
      sessionId,
      reservations.map((reservation) => reservation.ratingGroup),
      reservations.map((reservation) => reservation.upfId),
      reservations.map((reservation) => reservation.bucketCode),
      reservations.map((reservation) => reservation.units.toString()),
    ],
  );
}

/** Adds to (or takes from) what is reserved of a card group's buckets, whose period the transaction has locked. */
export async function moveReserved(
  tx: Tx,
  { lane, cardGroupId, period }: GroupPeriodKey,
  moves: readonly { bucketCode: string; units: bigint }[],
): Promise<void> {
  await tx.execute(
    `update charging.bucket b set reserved = b.reserved + moved.units
     from (select code, sum(units)::bigint as units from unnest($4::text[], $5::bigint[]) as each (code, units) group by code)
       as moved
     where b.lane = $1 and b.card_group_id = $2 and b.period = $3 and b.code = moved.code`,
    [
      lane,
      cardGroupId,
      period,
      moves.map((move) => move.bucketCode),
      moves.map((move) => move.units.toString()),
    ],
  );
}

function sessionFromRow(row: SessionRow): Session {
  return {
    lane: row.lane,
    sessionId: row.session_id,
    accountId: row.account_id,
    productId: row.product_id,
    cardGroupId: row.card_group_id,
    period: row.period,
    subscriber: row.subscriber,
    consumer: row.consumer,
    chargingId: row.charging_id === null ? null : Number(row.charging_id),
    state: row.state,
    startedAt: instantFromDate(row.started_at),
    expiresAt: instantFromDate(row.expires_at),
    usedOctets: BigInt(row.used_octets),
  };
}
