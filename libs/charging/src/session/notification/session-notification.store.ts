import { addMs, columnArrays, type Instant } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import type { PurseKey } from '../../money/purse.store';
import { waitAfter, type SessionNotification } from './notification';

/** The job that looks at the sessions of accounts whose credit changed, and tells network functions. */
export const NOTIFY_SESSIONS = 'charging.notifySessions';

/** How long a try has what it took for itself; longer than it can take. */
const LEASE_MS = 30_000;

const NOTE: Statement = {
  name: 'charging-note-credit',
  text: `insert into charging.credit_change (lane, account_id, noted_at)
    select *, $3::timestamptz from unnest($1::smallint[], $2::uuid[])
    on conflict (lane, account_id) do update set noted_at = excluded.noted_at, looked_through = null
    returning xmax = 0 as is_new`,
};

/** Notes, with what changed it, that the credit of accounts ended or came back; the job then looks at their sessions. */
export async function noteCreditChanges(tx: Tx, accounts: readonly PurseKey[]): Promise<void> {
  if (accounts.length === 0) return;
  const keys = [...new Map(accounts.map((key) => [key.accountId, key])).values()];
  keys.sort((a, b) => a.lane - b.lane || (a.accountId < b.accountId ? -1 : 1));
  const rows = await prepared<{ is_new: boolean }>(tx, NOTE, [
    ...columnArrays(
      keys,
      (key) => key.lane,
      (key) => key.accountId,
    ),
    tx.now,
  ]);
  if (rows.some((row) => row.is_new)) tx.enqueue(NOTIFY_SESSIONS, {});
}

/** An account whose credit changed, and how far its sessions have been looked at: ids up to `after`; null: not at all. */
export interface CreditChange extends PurseKey {
  after: string | null;
}

/** Takes notes away, at most `limit`, for the transaction that looks at their accounts. */
export async function takeCreditChanges(tx: Tx, limit: number): Promise<CreditChange[]> {
  const rows = await tx.query<{ lane: number; account_id: string; looked_through: string | null }>(
    `delete from charging.credit_change where (lane, account_id) in (
       select lane, account_id from charging.credit_change order by lane, account_id limit $1 for update skip locked)
     returning lane, account_id, looked_through`,
    [limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    accountId: row.account_id,
    after: row.looked_through,
  }));
}

/** Puts back notes that were taken: sessions behind `after` are still to be looked at, of each account only what it was not yet. */
export async function keepCreditChanges(
  tx: Tx,
  changes: readonly CreditChange[],
  after: string,
): Promise<void> {
  await tx.execute(
    `insert into charging.credit_change (lane, account_id, noted_at, looked_through)
     select lane, account_id, $4::timestamptz, greatest(looked_through, $5::uuid)
     from unnest($1::smallint[], $2::uuid[], $3::uuid[]) as kept (lane, account_id, looked_through)
     order by lane, account_id`,
    [
      ...columnArrays(
        changes,
        (change) => change.lane,
        (change) => change.accountId,
        (change) => change.after,
      ),
      tx.now,
      after,
    ],
  );
}

/** Whether anything is to be looked at or told at a system time. */
export async function hasNotificationWork(tx: Tx, at: Instant): Promise<boolean> {
  const rows = await tx.query(
    `select 1 where exists (select from charging.credit_change)
       or exists (select from charging.session_notification where state = 'waiting' and next_at <= $1)`,
    [at],
  );
  return rows.length > 0;
}

/** Adds notifications; what was decided about the same grant before stays as it is. */
export async function addNotifications(
  tx: Tx,
  notifications: readonly SessionNotification[],
  at: Instant,
): Promise<void> {
  if (notifications.length === 0) return;
  await tx.execute(
    `insert into charging.session_notification (lane, session_id, granted_until, kind, account_id, notify_uri,
       rating_groups, next_at)
     select lane, session_id, granted_until, kind, account_id, notify_uri, rating_groups::jsonb, $8::timestamptz
     from unnest($1::smallint[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::text[], $7::text[])
       as new (lane, session_id, granted_until, kind, account_id, notify_uri, rating_groups)
     on conflict do nothing`,
    [
      ...columnArrays(
        notifications,
        (each) => each.lane,
        (each) => each.sessionId,
        (each) => each.grantedUntil,
        (each) => each.kind,
        (each) => each.accountId,
        (each) => each.notifyUri,
        (each) => JSON.stringify(each.ratingGroups),
      ),
      at,
    ],
  );
}

interface Row {
  lane: number;
  session_id: string;
  granted_until: Date;
  kind: SessionNotification['kind'];
  account_id: string;
  notify_uri: string;
  rating_groups: number[];
  attempts: number;
  is_current: boolean;
}

/** A notification that is to be tried now. */
export interface DueNotification extends SessionNotification {
  /** This try, from 1. */
  attempt: number;
  /** The session is open and still has the grant that it is about. */
  isCurrent: boolean;
}

/** Takes what is due for a try; until the next one is due nobody else has it, also when this process is killed. */
export async function takeDue(tx: Tx, at: Instant, limit: number): Promise<DueNotification[]> {
  const rows = await tx.query<Row>(
    `update charging.session_notification n set attempts = n.attempts + 1,
       next_at = $2::timestamptz
     from (select lane, session_id, granted_until, kind from charging.session_notification
       where state = 'waiting' and next_at <= $1 order by next_at limit $3 for update skip locked) due
     left join charging.session s on s.lane = due.lane and s.session_id = due.session_id
     where (n.lane, n.session_id, n.granted_until, n.kind) = (due.lane, due.session_id, due.granted_until, due.kind)
     returning n.*, coalesce(s.state = 'open' and s.expires_at = n.granted_until, false) as is_current`,
    [at, addMs(at, LEASE_MS), limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    sessionId: row.session_id,
    grantedUntil: row.granted_until.toISOString(),
    kind: row.kind,
    accountId: row.account_id,
    notifyUri: row.notify_uri,
    ratingGroups: row.rating_groups,
    attempt: row.attempts,
    isCurrent: row.is_current,
  }));
}

/** What a notification came to. */
export interface NotificationEnd {
  state: 'waiting' | 'sent' | 'failed' | 'void';
  outcome: string;
}

/** Writes what tries came to. What waits on is tried again later. */
export async function saveTries(
  tx: Tx,
  tries: readonly (DueNotification & NotificationEnd)[],
  at: Instant,
): Promise<void> {
  if (tries.length === 0) return;
  await tx.execute(
    `update charging.session_notification n set state = new.state, outcome = new.outcome, next_at = new.next_at
     from unnest($1::smallint[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       as new (lane, session_id, granted_until, kind, state, outcome, next_at)
     where n.state = 'waiting' and (n.lane, n.session_id, n.granted_until, n.kind)
       = (new.lane, new.session_id, new.granted_until, new.kind)`,
    columnArrays(
      tries,
      (each) => each.lane,
      (each) => each.sessionId,
      (each) => each.grantedUntil,
      (each) => each.kind,
      (each) => each.state,
      (each) => each.outcome,
      (each) => addMs(at, waitAfter(each.attempt)),
    ),
  );
}
