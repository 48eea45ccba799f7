import { instantFromDate, newId, type Instant, type LocalDate } from '@ronghe/kernel';
import type { BankStatementPolicy } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

/** A statement that was imported, and what became of its lines. */
export interface StatementFile {
  fileId: string;
  source: string;
  name: string;
  lines: number;
  matched: number;
  unmatched: number;
  /** Lines that another file, or an earlier one, had brought. */
  duplicates: number;
  /** Lines of other kinds: money that went out. */
  ignored: number;
  refused: { line: number; reason: string }[];
  receivedAt: Instant;
  /** While it is imported: of so many receipts so many have been taken. */
  toTake: number;
  taken: number;
}

interface FileRow extends Omit<StatementFile, 'fileId' | 'receivedAt' | 'toTake'> {
  file_id: string;
  received_at: Date;
  to_take: number;
}

const columns = `file_id, source, name, lines, matched, unmatched, duplicates, ignored, refused, received_at, to_take, taken`;

/** The file of a content, made on first sight. */
export async function fileOf(
  tx: Tx,
  file: { source: string; name: string; contentHash: string; receivedBy: string },
): Promise<StatementFile> {
  await tx.execute(
    `insert into receivables.statement_file (file_id, source, name, content_hash, lines, matched, unmatched, duplicates, ignored,
       refused, received_at, received_by)
     values ($1, $2, $3, $4, 0, 0, 0, 0, 0, '[]', $5, $6) on conflict do nothing`,
    [newId(), file.source, file.name, file.contentHash, tx.now, file.receivedBy],
  );
  const [row] = await tx.query<FileRow>(
    `select ${columns} from receivables.statement_file where source = $1 and content_hash = $2`,
    [file.source, file.contentHash],
  );
  if (!row) throw new Error('a statement that was just written is not there');
  return fromRow(row);
}

/** Null when there is none. */
export async function findFile(tx: Tx, fileId: string): Promise<StatementFile | null> {
  const [row] = await tx.query<FileRow>(
    `select ${columns} from receivables.statement_file where file_id = $1`,
    [fileId],
  );
  return row ? fromRow(row) : null;
}

/** Latest statements, newest first. */
export async function findLatestFiles(tx: Tx, limit: number): Promise<StatementFile[]> {
  const rows = await tx.query<FileRow>(
    `select ${columns} from receivables.statement_file order by received_at desc, file_id desc limit $1`,
    [limit],
  );
  return rows.map(fromRow);
}

/** Says how far the import of a file is. */
export async function saveProgress(tx: Tx, fileId: string, toTake: number, taken: number): Promise<void> {
  await tx.execute(`update receivables.statement_file set to_take = $2, taken = $3 where file_id = $1`, [
    fileId,
    toTake,
    taken,
  ]);
}

/** Keeps what became of a file's lines. */
export async function saveCounts(
  tx: Tx,
  { fileId, ...counts }: Omit<StatementFile, 'source' | 'name' | 'receivedAt' | 'toTake' | 'taken'>,
): Promise<void> {
  const { lines, matched, unmatched, duplicates, ignored, refused } = counts;
  await tx.execute(
    `update receivables.statement_file
     set lines = $2, matched = $3, unmatched = $4, duplicates = $5, ignored = $6, refused = $7 where file_id = $1`,
    [fileId, lines, matched, unmatched, duplicates, ignored, JSON.stringify(refused)],
  );
}

/** The mapping of a code in force on a day. */
export async function findMapping(
  tx: Tx,
  code: string,
  day: LocalDate,
): Promise<BankStatementPolicy | undefined> {
  const rows = await tx.query<{ document: BankStatementPolicy }>(
    `select document from receivables.policy where kind = 'bank-statement' and code = $1 order by version desc`,
    [code],
  );
  return rows
    .map((row) => row.document)
    .find(
      ({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && (effectiveTo === null || day < effectiveTo),
    );
}

function fromRow({ file_id, received_at, to_take, ...row }: FileRow): StatementFile {
  return { ...row, fileId: file_id, receivedAt: instantFromDate(received_at), toTake: to_take };
}
