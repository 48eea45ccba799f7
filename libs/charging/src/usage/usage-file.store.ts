import { columnArrays, type Instant, instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import {
  sumMoves,
  type Checkpoint,
  type CountMove,
  type UsageCounts,
  type UsageFile,
  type UsageFileState,
} from './usage-file';

interface FileRow {
  file_id: string;
  source: string;
  file_name: string;
  content_hash: string;
  size_bytes: string;
  state: UsageFileState;
  reason: string | null;
  checkpoint_bytes: string;
  checkpoint_lines: number;
  window_part: number;
  window_line: number;
  window_bytes: string;
  columns: string[];
  mapping_code: string | null;
  mapping_version: number | null;
  read: number;
  rated: number;
  duplicates: number;
  suspended: number;
  reconciled: number;
  waiting: number;
  combined: number;
  started_at: Date | null;
  advanced_at: Date | null;
  received_by: string;
  received_at: Date;
  finished_at: Date | null;
}

type NewFile = Pick<UsageFile, 'fileId' | 'source' | 'fileName' | 'contentHash' | 'sizeBytes' | 'receivedBy'>;

/** Records a delivery whose bytes lie in the spool. */
export async function insertUsageFile(tx: Tx, file: NewFile): Promise<void> {
  await tx.execute(
    `insert into charging.usage_file (file_id, source, file_name, content_hash, size_bytes, state, received_by, received_at)
     values ($1, $2, $3, $4, $5, 'received', $6, $7)`,
    [file.fileId, file.source, file.fileName, file.contentHash, file.sizeBytes, file.receivedBy, tx.now],
  );
}

/** A file by id. */
export async function findUsageFile(tx: Tx, fileId: string): Promise<UsageFile | undefined> {
  const [row] = await tx.query<FileRow>(`select * from charging.usage_file where file_id = $1`, [fileId]);
  return row && fileFromRow(row);
}

/** The file, locked, if its checkpoint is still where the caller reads on; undefined when another worker has it or is ahead. */
export async function lockUsageFileAt(tx: Tx, file: UsageFile): Promise<UsageFile | undefined> {
  const [row] = await tx.query<FileRow>(
    `select * from charging.usage_file where file_id = $1 and state in ('received', 'collecting')
     for update skip locked`,
    [file.fileId],
  );
  const found = row && fileFromRow(row);
  const isThere =
    found?.checkpointBytes === file.checkpointBytes &&
    found.windowPart === file.windowPart &&
    found.windowLine === file.windowLine;
  return isThere ? found : undefined;
}

/** Stores a batch's counts with the checkpoint behind it. @param times system times: when reading began, and now */
export async function advanceUsageFile(
  tx: Tx,
  file: Checkpoint & Pick<UsageFile, 'fileId' | 'columns' | 'state' | 'mapping'>,
  counts: UsageCounts,
  times: { startedAt: Instant; now: Instant },
): Promise<void> {
  await tx.execute(
    `update charging.usage_file set checkpoint_bytes = $2, checkpoint_lines = $3, columns = $4, state = $5,
       read = read + $6, rated = rated + $7, duplicates = duplicates + $8, suspended = suspended + $9,
       reconciled = reconciled + $10, waiting = waiting + $11, combined = combined + $12,
       finished_at = case when $5 = 'collected' then $13::timestamptz end, advanced_at = $14::timestamptz,
       started_at = coalesce(started_at, $15::timestamptz), window_part = $16, window_line = $17, window_bytes = $18,
       mapping_code = $19, mapping_version = $20
     where file_id = $1`,
    [
      file.fileId,
      file.checkpointBytes,
      file.checkpointLines,
      file.columns,
      file.state,
      counts.read,
      counts.rated,
      counts.duplicates,
      counts.suspended,
      counts.reconciled,
      counts.waiting,
      counts.combined,
      tx.now,
      times.now,
      times.startedAt,
      file.windowPart,
      file.windowLine,
      file.windowBytes,
      file.mapping?.code ?? null,
      file.mapping?.version ?? null,
    ],
  );
}

/** Ends a file that cannot be read, at all or any further. It keeps the window that it is in: it may come again. */
export async function failUsageFile(tx: Tx, fileId: string, reason: string): Promise<void> {
  await tx.execute(
    `update charging.usage_file set state = 'failed', reason = $2, finished_at = $3
     where file_id = $1 and state in ('received', 'collecting')`,
    [fileId, reason.slice(0, 500), tx.now],
  );
}

/**
 * Lets a file that failed be collected again, from where it came to; false where it did not fail. Its bytes must be in the
 * spool.
 */
export async function reopenUsageFile(tx: Tx, fileId: string): Promise<boolean> {
  const reopened = await tx.execute(
    `update charging.usage_file set reason = null, finished_at = null,
       state = case when checkpoint_bytes = 0 and window_line = 0 then 'received' else 'collecting' end
     where file_id = $1 and state = 'failed'`,
    [fileId],
  );
  return reopened > 0;
}

/** Moves records from one of their files' counters to another: what was set aside or waited has become something. */
export async function moveCounts(tx: Tx, moves: readonly CountMove[]): Promise<void> {
  const sums = sumMoves(moves);
  if (sums.length === 0) return;
  await tx.execute(
    `update charging.usage_file f set rated = f.rated + moved.rated, duplicates = f.duplicates + moved.duplicates,
       suspended = f.suspended + moved.suspended, reconciled = f.reconciled + moved.reconciled,
       waiting = f.waiting + moved.waiting, combined = f.combined + moved.combined
     from unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::integer[])
       as moved (file_id, rated, duplicates, suspended, reconciled, waiting, combined)
     where f.file_id = moved.file_id`,
    columnArrays(
      sums,
      (move) => move.fileId,
      (move) => move.rated,
      (move) => move.duplicates,
      (move) => move.suspended,
      (move) => move.reconciled,
      (move) => move.waiting,
      (move) => move.combined,
    ),
  );
}

/** Files that are not finished, oldest first; of one source or of all. */
export async function findUnfinishedFiles(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.query<{ file_id: string }>(
    `select file_id from charging.usage_file where state in ('received', 'collecting') order by received_at, file_id limit $1`,
    [limit],
  );
  return rows.map((row) => row.file_id);
}

/** A page of deliveries, newest first, starting after a file id. */
export async function findUsageFilePage(
  tx: Tx,
  at: { source: string | null; after: string | null; limit: number },
): Promise<UsageFile[]> {
  const rows = await tx.query<FileRow>(
    `select * from charging.usage_file where ($1::text is null or source = $1) and ($2::uuid is null or file_id < $2)
     order by file_id desc limit $3`,
    [at.source, at.after, at.limit],
  );
  return rows.map(fileFromRow);
}

function fileFromRow(row: FileRow): UsageFile {
  return {
    fileId: row.file_id,
    source: row.source,
    fileName: row.file_name,
    contentHash: row.content_hash,
    sizeBytes: Number(row.size_bytes),
    state: row.state,
    reason: row.reason,
    checkpointBytes: Number(row.checkpoint_bytes),
    checkpointLines: row.checkpoint_lines,
    windowPart: row.window_part,
    windowLine: row.window_line,
    windowBytes: Number(row.window_bytes),
    columns: row.columns,
    mapping:
      row.mapping_code === null || row.mapping_version === null
        ? null
        : { code: row.mapping_code, version: row.mapping_version },
    read: row.read,
    rated: row.rated,
    duplicates: row.duplicates,
    suspended: row.suspended,
    reconciled: row.reconciled,
    waiting: row.waiting,
    combined: row.combined,
    startedAt: row.started_at && instantFromDate(row.started_at),
    advancedAt: row.advanced_at && instantFromDate(row.advanced_at),
    receivedBy: row.received_by,
    receivedAt: instantFromDate(row.received_at),
    finishedAt: row.finished_at && instantFromDate(row.finished_at),
  };
}
