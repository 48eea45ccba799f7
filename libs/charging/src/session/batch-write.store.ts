import {
  bigints,
  binaryRows,
  columnArrays,
  instants,
  instantToMs,
  jsons,
  newId,
  smallints,
  texts,
  uuids,
  type BinaryCells,
  type BinaryColumn,
} from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { memberUsedToJson } from '../balance/bucket.store';
import { groupPeriodId } from '../balance/group-period';
import { keyArrays } from '../balance/group-period.store';
import type { BatchWrites, RefusedCreate } from './batch-state';
import type { Session } from './session';
import { firstToText, lastToText } from './session-answers';

/** What a batch of requests writes, one statement per table. */

const TRANSACTION: Statement = {
  name: 'charging-transaction',
  text: 'select pg_current_xact_id()::xid::text as number',
};

/** The number of the transaction: the xmin of the rows that it writes. */
export async function findTransaction(tx: Tx): Promise<string> {
  const [row] = await prepared<{ number: string }>(tx, TRANSACTION, []);
  return row?.number ?? '';
}

const REFUSED: Statement = {
  name: 'charging-insert-refused',
  text: `insert into charging.refused_create (request_key, sequence_number, body_hash, status, answer)
    select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::smallint[], $5::text[])`,
};

/** Stores refusals. A key that another transaction stored meanwhile fails the batch, which then is run again. */
export async function insertRefused(tx: Tx, refused: readonly RefusedCreate[]): Promise<void> {
  if (refused.length === 0) return;
  await prepared(
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

/** The keys of a session that is there, in the order of charging.session_row; the other columns of it stay empty. */
const keyColumns = newColumns.map((column, index) =>
  index < 2 ? column : { type: column.type, write: (cells: BinaryCells) => cells.nothing() },
);

/** What changes of a session. */
const changingColumns: readonly BinaryColumn<Session>[] = [
  texts((session) => session.state),
  instants((session) => session.expiresAt),
  jsons((session) => linesToJson(session.lines)),
  jsons((session) => reservedToJson(session.reserved)),
  jsons((session) => paceToJson(session.pace)),
  texts((session) => lastToText(session.answers)),
];

const allColumns = [...newColumns, ...changingColumns];
const updateColumns = [...keyColumns, ...changingColumns];

/** Writes new sessions. One whose create came before fails the batch, which then is run again. */
export async function insertSessions(tx: Tx, sessions: readonly Session[]): Promise<void> {
  if (sessions.length === 0) return;
  await prepared(tx, NEW_SESSIONS, [binaryRows(sessions, allColumns)]);
}

const SESSIONS: Statement = {
  name: 'charging-update-sessions',
  text: `update charging.session s set state = new.state, expires_at = new.expires_at, lines = new.lines,
      reserved = new.reserved, pace = new.pace, answers = new.answers
    from unnest($1::charging.session_row[]) as new
    where s.lane = new.lane and s.session_id = new.session_id`,
};

/** Writes what changes of sessions. */
export async function updateSessions(tx: Tx, sessions: readonly Session[]): Promise<void> {
  if (sessions.length === 0) return;
  await prepared(tx, SESSIONS, [binaryRows(sessions, updateColumns)]);
}

/** JSON knows no bigint: it is text there. A function that replaces it would be called for every value. */
function linesToJson(lines: Session['lines']): string {
  if (lines.length === 0) return '[]';
  return JSON.stringify(
    lines.map((line) => ({
      ...line,
      used: line.used.toString(),
      priced: line.priced && { ...line.priced, each: line.priced.each.toString() },
    })),
  );
}

function reservedToJson(reserved: Session['reserved']): string {
  if (reserved.length === 0) return '[]';
  return JSON.stringify(reserved.map((held) => ({ ...held, units: held.units.toString() })));
}

function paceToJson(pace: Session['pace']): string {
  if (pace.length === 0) return '[]';
  return JSON.stringify(
    pace.map((each) => ({ ...each, at: instantToMs(each.at), granted: each.granted.toString() })),
  );
}

const BUCKETS: Statement = {
  name: 'charging-update-buckets',
  text: `update charging.bucket b set remaining = new.remaining, reserved = new.reserved,
      member_used = new.member_used::jsonb, member_reserved = new.member_reserved::jsonb
    from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[],
      $8::text[]) as new (lane, card_group_id, period, code, remaining, reserved, member_used, member_reserved)
    where b.lane = new.lane and b.card_group_id = new.card_group_id and b.period = new.period and b.code = new.code`,
};

/** Writes what is left and what is reserved of the buckets that a batch moved. */
export async function updateBuckets(tx: Tx, groups: BatchWrites['groups']): Promise<void> {
  const moved = groups.flatMap(({ before, after }) => {
    const known = new Set(before.buckets);
    return after.buckets.filter((bucket) => !known.has(bucket)).map((bucket) => ({ group: after, bucket }));
  });
  if (moved.length === 0) return;
  await prepared(tx, BUCKETS, [
    ...keyArrays(moved.map(({ group }) => group)),
    ...columnArrays(
      moved,
      ({ bucket }) => bucket.code,
      ({ bucket }) => bucket.remaining,
      ({ bucket }) => bucket.reserved,
      ({ bucket }) => memberUsedToJson(bucket.memberUsed ?? {}),
      ({ bucket }) => bucket.memberReserved && memberUsedToJson(bucket.memberReserved),
    ),
  ]);
}

const ENTRIES: Statement = {
  name: 'charging-insert-entries',
  text: `insert into charging.bucket_entry (lane, bucket_id, entry_id, kind, delta, reference, business_at)
    select *, $7::timestamptz
    from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[])`,
};

/** Enters what sessions took from buckets, each by itself. */
export async function insertEntries(
  tx: Tx,
  entries: BatchWrites['entries'],
  groups: BatchWrites['groups'],
): Promise<void> {
  if (entries.length === 0) return;
  const byId = new Map(groups.map(({ after }) => [groupPeriodId(after), after]));
  const bucketIdOf = ({ group, entry }: BatchWrites['entries'][number]): string | undefined =>
    byId.get(groupPeriodId(group))?.buckets.find(({ code }) => code === entry.bucketCode)?.bucketId;
  await prepared(tx, ENTRIES, [
    ...columnArrays(
      entries,
      ({ group }) => group.lane,
      bucketIdOf,
      () => newId(),
      ({ entry }) => entry.kind,
      ({ entry }) => entry.delta,
      ({ sessionId }) => `session ${sessionId}`,
    ),
    tx.now,
  ]);
}
