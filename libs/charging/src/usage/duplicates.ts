import type { ReadLine } from './record-reader';
import { bodyHashOf, hashOfText } from './usage-record';

/** A line and the identity under which it is known for ever. */
export interface IdentifiedLine extends RecordIdentity {
  read: ReadLine;
}

/** What a record is known by. */
export interface RecordIdentity {
  /**
   * The record id; for a line that could not be read, `line:` and the hash of its text: its record may still come. Of a line
   * that was cut, the hash is of its place in its file too: another may begin as it does.
   */
  recordId: string;
  /** What it says; see bodyHashOf. */
  bodyHash: string;
}

/** What is known of a record id: the body hash it came with first. */
export type KnownBodies = ReadonlyMap<string, string>;

export interface SortedRecords<T> {
  /** First of its record id. */
  fresh: T[];
  /** The same record with the same content as before. */
  duplicates: T[];
  /** A known record id with other content: never overwritten (SEMANTICS §5). */
  differing: T[];
}

/** Gives a line its identity. */
export function identityOf(read: ReadLine): RecordIdentity {
  if (read.kind === 'record') return { recordId: read.record.recordId, bodyHash: bodyHashOf(read.record) };
  const { text, number, isCut, fileHash = '' } = read.line;
  const bodyHash = hashOfText(isCut ? `${fileHash}/${number}/${text.trim()}` : text.trim());
  return { recordId: `line:${bodyHash}`, bodyHash };
}

/**
 * Sorts a batch by what is known. The first of two equal lines within the batch is fresh, the second a duplicate; of
 * two with one id and other content the second differs.
 */
export function sortByIdentity<T extends RecordIdentity>(
  lines: readonly T[],
  known: KnownBodies,
): SortedRecords<T> {
  const seen = new Map(known);
  const sorted: SortedRecords<T> = { fresh: [], duplicates: [], differing: [] };
  for (const line of lines) {
    const before = seen.get(line.recordId);
    if (before === undefined) {
      seen.set(line.recordId, line.bodyHash);
      sorted.fresh.push(line);
    } else if (before === line.bodyHash) sorted.duplicates.push(line);
    else sorted.differing.push(line);
  }
  return sorted;
}
