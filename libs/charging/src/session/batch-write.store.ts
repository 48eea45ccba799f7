import {
  bigints,
  binaryRows,
  columnArrays,
  instants,
  newId,
  smallints,
  texts,
  uuids,
  xids,
  type BinaryColumn,
} from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { compareKeys, groupPeriodId } from '../balance/group-period';
import { STATE_ASSIGNMENTS, stateRows } from '../balance/group-state.store';
import type { BatchWrites, RefusedCreate } from './batch-state';
import type { KnownRows } from './known-rows.store';
import type { Session } from './session';
import { firstToText, lastToText } from './session-answers';
import { linesToText, paceToText, reservedToText } from './session-text';

/**
 * What a batch of requests writes, one statement per table. None of these is `async`: what cannot be written throws at once, before
 * anything is asked for behind it (`askedInOrder`).
 */

const nothing = Promise.resolve();

const REFUSED: Statement = {
  name: 'charging-insert-refused',
  text: `insert into charging.refused_create (request_key, sequence_number, body_hash, status, answer)
    select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::smallint[], $5::text[])`,
};

/** Stores refusals. A key that another transaction stored meanwhile fails the batch, which then is run again. */
export function insertRefused(tx: Tx, refused: readonly RefusedCreate[]): Promise<unknown> {
  if (refused.length === 0) return nothing;
  return prepared(
    tx,
    REFUSED,
    columnArrays(
      refused,
      (each) => each.requestKey,
      (each) => each.sequenceNumber,
      (each) => each.bodyHash,
      (each) => each.status,
      (each) => each.body,
    ),
  );
}

const NEW_COLUMNS = `lane, session_id, account_id, product_id, card_group_id, period, subscriber, consumer, charging_id,
  notify_uri, peer, started_at, request_key, created, state, expires_at, lines, reserved, pace, answers`;

const NEW_SESSIONS: Statement = {
  name: 'charging-insert-sessions',
  text: `insert into charging.session (${NEW_COLUMNS}) select ${NEW_COLUMNS} from unnest($1::charging.session_row[])`,
};

/** In the order of charging.session_row. */
const newColumns: readonly BinaryColumn<Session>[] = [
  smallints((session) => session.lane),
  uuids((session) => session.sessionId),
  uuids((session) => session.accountId),
  uuids((session) => session.productId),
  uuids((session) => session.cardGroupId),
  texts((session) => session.period),
  texts((session) => session.subscriber),
  texts((session) => session.consumer),
  bigints((session) => session.chargingId),
  texts((session) => session.notifyUri),
  texts((session) => session.peer),
  instants((session) => session.startedAt),
  uuids((session) => session.requestKey),
  texts((session) => firstToText(session.answers)),
];

/** What changes of a session. */
const changingColumns: readonly BinaryColumn<Session>[] = [
  texts((session) => session.state),
  instants((session) => session.expiresAt),
  texts((session) => linesToText(session.lines)),
  texts((session) => reservedToText(session.reserved)),
  texts((session) => paceToText(session.pace)),
  texts((session) => lastToText(session.answers)),
];

const allColumns = [...newColumns, ...changingColumns];

/** Writes new sessions. One whose create came before fails the batch, which then is run again. */
export function insertSessions(tx: Tx, sessions: readonly Session[]): Promise<unknown> {
  if (sessions.length === 0) return nothing;
  return prepared(tx, NEW_SESSIONS, [binaryRows(sessions, allColumns)]);
}

/** A row that is known is written where it is as it was; where one is not, this divides by zero, and the transaction fails. */
const COUNTED = `select 1 / (count(*) = $1::integer)::integer as same`;

const SESSIONS: Statement = {
  name: 'charging-update-sessions',
  text: `with saved as (
      update charging.session s set state = new.state, expires_at = new.expires_at, lines = new.lines,
        reserved = new.reserved, pace = new.pace, answers = new.answers
      from unnest($2::charging.session_state_row[]) as new
      where s.lane = new.lane and s.session_id = new.session_id and (new.version is null or s.xmin = new.version)
      returning 1)
    ${COUNTED} from saved`,
};

/**
 * Writes what changes of sessions, in the order of all sessions.
 * @param known as they are remembered; undefined: they are locked
 */
export function updateSessions(
  tx: Tx,
  sessions: readonly Session[],
  known: KnownRows['sessions'] | undefined,
): Promise<unknown> {
  if (sessions.length === 0) return nothing;
  const inOrder = known ? [...sessions].sort(compareSessions) : sessions;
  return prepared(tx, SESSIONS, [sessions.length, binaryRows(inOrder, stateColumns(known))]);
}

/** In the order of charging.session_state_row. */
function stateColumns(known: KnownRows['sessions'] | undefined): BinaryColumn<Session>[] {
  return [
    smallints((session) => session.lane),
    uuids((session) => session.sessionId),
    xids((session) => known?.get(session.sessionId)?.version),
    ...changingColumns,
  ];
}

function compareSessions(a: Session, b: Session): number {
  if (a.lane !== b.lane) return a.lane - b.lane;
  return a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0;
}

/** Writes card groups, and compares their accounts. */
export const UPDATE_GROUPS: Statement = {
  name: 'charging-update-groups',
  text: `with saved as (
      update charging.group_period g set ${STATE_ASSIGNMENTS}, totals = coalesce(new.totals, g.totals)
      from unnest($2::charging.group_state_row[]) as new
      where g.lane = new.lane and g.card_group_id = new.card_group_id and g.period = new.period
        and (new.version is null or g.xmin = new.version)
        and (new.account_version is null
          or (select a.xmin from charging.account a where a.ctid = new.account_place and a.account_id = g.account_id)
            = new.account_version)
      returning 1)
    ${COUNTED} from saved`,
};

/**
 * Writes card groups' periods in their order, also where only their buckets change: the row says that they have.
 * @param known as they are remembered, and their accounts; undefined: they are locked. Accounts are seen as they were when the
 * statement began, also where a row was waited for that did not change: the batch counts as before what came meanwhile.
 */
export function updateGroups(
  tx: Tx,
  changes: BatchWrites['groups'],
  known: Pick<KnownRows, 'groups' | 'accounts'> | undefined,
): Promise<unknown> {
  if (changes.length === 0) return nothing;
  const states = changes.map(({ before, after }) => ({
    group: after,
    version: known?.groups.get(groupPeriodId(after))?.version,
    account: known?.accounts.get(after.accountId),
    totals: before.totals === after.totals ? undefined : after.totals,
  }));
  if (known) states.sort((a, b) => compareKeys(a.group, b.group));
  return prepared(tx, UPDATE_GROUPS, [states.length, stateRows(states)]);
}

const ENTRIES: Statement = {
  name: 'charging-insert-entries',
  text: `insert into charging.bucket_entry (lane, bucket_id, entry_id, kind, delta, reference, business_at)
    select *, $2::timestamptz from unnest($1::charging.bucket_entry_row[])`,
};

/** Enters what sessions took from buckets, each by itself. */
export function insertEntries(
  tx: Tx,
  entries: BatchWrites['entries'],
  groups: BatchWrites['groups'],
): Promise<unknown> {
  if (entries.length === 0) return nothing;
  const byId = new Map(groups.map(({ after }) => [groupPeriodId(after), after]));
  const rows = binaryRows(entries, [
    smallints(({ group }) => group.lane),
    uuids(
      ({ group, entry }) =>
        byId.get(groupPeriodId(group))?.buckets.find(({ code }) => code === entry.bucketCode)?.bucketId,
    ),
    uuids(() => newId()),
    texts(({ entry }) => entry.kind),
    bigints(({ entry }) => entry.delta),
    texts(({ sessionId }) => `session ${sessionId}`),
  ]);
  return prepared(tx, ENTRIES, [rows, tx.now]);
}
