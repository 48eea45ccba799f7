import { columnArrays, instantFromDate, newId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { StoredPart } from './call-parts';
import { storableText } from './mapping/storable-text';
import type { Cells } from './record-reader';
import type { NewSuspense, SuspendedUsage, SuspenseReason, SuspenseState } from './suspense';

/** Longest explanation that is kept. */
const DETAIL_LIMIT = 1000;

interface SuspenseRow {
  suspense_id: string;
  source: string;
  file_id: string;
  line_number: number;
  record_id: string | null;
  reason: SuspenseReason;
  detail: string;
  line: string;
  cells: Cells;
  holds_key: boolean;
  state: SuspenseState;
  suspended_at: Date;
  ended_at: Date | null;
}

/** Sets records of files aside. */
export async function insertSuspended(tx: Tx, source: string, rows: readonly NewSuspense[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(
    `insert into charging.suspended_usage (suspense_id, source, file_id, line_number, record_id, reason, detail, line,
       cells, holds_key, state, suspended_at)
     select suspense_id, $10, file_id, line_number, record_id, reason, detail, line, cells::jsonb, holds_key, 'open', $11
     from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::boolean[]) as new (suspense_id, file_id, line_number, record_id, reason, detail, line, cells, holds_key)`,
    [
      ...columnArrays(
        rows,
        () => newId(),
        (row) => row.fileId,
        (row) => row.lineNumber,
        (row) => row.recordId,
        (row) => row.reason,
        (row) => storableText(row.detail.slice(0, DETAIL_LIMIT)),
        (row) => row.line,
        (row) => JSON.stringify(row.cells),
        (row) => row.holdsKey,
      ),
      source,
      tx.now,
    ],
  );
}

/** Ends what was set aside of parts whose call is one event now, as they ended. */
export async function endSuspendedParts(tx: Tx, source: string, parts: readonly StoredPart[]): Promise<void> {
  const ended = parts.filter(({ state }) => state !== 'waiting' && state !== 'suspended');
  if (ended.length === 0) return;
  await tx.execute(
    `update charging.suspended_usage s set state = new.state, ended_at = $4
     from unnest($2::text[], $3::text[]) as new (record_id, state)
     where s.source = $1 and s.record_id = new.record_id and s.state = 'open' and s.holds_key`,
    [source, ended.map(({ record }) => record.recordId), ended.map(({ state }) => state), tx.now],
  );
}

/** Suspended records by id, locked in id order. */
export async function lockSuspended(tx: Tx, suspenseIds: readonly string[]): Promise<SuspendedUsage[]> {
  const rows = await tx.query<SuspenseRow>(
    `select * from charging.suspended_usage where suspense_id = any($1::uuid[]) order by suspense_id for update`,
    [suspenseIds],
  );
  return rows.map(fromRow);
}

/** A page of suspended records, oldest first. */
export async function findSuspendedPage(
  tx: Tx,
  at: {
    source: string | null;
    reason: SuspenseReason | null;
    state: SuspenseState;
    after: string | null;
    limit: number;
  },
): Promise<SuspendedUsage[]> {
  const rows = await tx.query<SuspenseRow>(
    `select * from charging.suspended_usage
     where state = $1 and ($2::text is null or source = $2) and ($3::text is null or reason = $3)
       and ($4::uuid is null or suspense_id > $4)
     order by suspense_id limit $5`,
    [at.state, at.source, at.reason, at.after, at.limit],
  );
  return rows.map(fromRow);
}

/** Writes what changed of a suspended record: its cells, its reason, its end. */
export async function saveSuspended(tx: Tx, changes: readonly SuspendedUsage[]): Promise<void> {
  await tx.execute(
    `update charging.suspended_usage s set cells = new.cells::jsonb, reason = new.reason, detail = new.detail,
       record_id = new.record_id, holds_key = new.holds_key, state = new.state, ended_at = new.ended_at
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::timestamptz[])
       as new (suspense_id, cells, reason, detail, record_id, holds_key, state, ended_at)
     where s.suspense_id = new.suspense_id`,
    columnArrays(
      changes,
      (change) => change.suspenseId,
      (change) => JSON.stringify(change.cells),
      (change) => change.reason,
      (change) => change.detail,
      (change) => change.recordId,
      (change) => change.holdsKey,
      (change) => change.state,
      (change) => change.endedAt,
    ),
  );
}

function fromRow(row: SuspenseRow): SuspendedUsage {
  return {
    suspenseId: row.suspense_id,
    source: row.source,
    fileId: row.file_id,
    lineNumber: row.line_number,
    recordId: row.record_id,
    reason: row.reason,
    detail: row.detail,
    line: row.line,
    cells: row.cells,
    holdsKey: row.holds_key,
    state: row.state,
    suspendedAt: instantFromDate(row.suspended_at),
    endedAt: row.ended_at && instantFromDate(row.ended_at),
  };
}
