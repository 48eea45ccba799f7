import type { UsageSourcePolicy } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { LINE_BYTES_LIMIT, withoutMark, type Line } from './line-reader';
import { columnsOf } from './mapping/columns-of';
import { postedColumns } from './mapping/posted-columns';
import { rowReader, type RowReader } from './mapping/row-reader';
import { csvSplitter, rowOfCut, rowSplitter, standardCsv, type RowSplitter } from './mapping/split-row';
import { storableText } from './mapping/storable-text';
import type { UsageRecord } from './usage-record';

/** The delivered cells of a line by column name. Suspense keeps them so that they can be corrected. */
export type Cells = Record<string, string>;

/** A line as it was read: its record, or why there is none. `row` holds its cells in the order of the columns. */
export type ReadLine =
  | { kind: 'record'; line: Line; row: readonly string[]; record: UsageRecord }
  | { kind: 'malformed'; line: Line; row: readonly string[]; recordId: string | null; reason: string };

/**
 * The columns that the first line of a file names, in order.
 * @throws DomainError('usage_header_invalid', 'invalid') when a column that the mapping needs is missing or comes twice, or
 * the line is longer than what is kept.
 */
export function readHeader(
  { text, isCut }: Pick<Line, 'text' | 'isCut'>,
  mapping: UsageSourcePolicy,
): string[] {
  if (isCut) {
    const message = `the first line is longer than ${LINE_BYTES_LIMIT} bytes`;
    throw new DomainError('usage_header_invalid', 'invalid', message);
  }
  const split = csvSplitter(mapping.csv ?? standardCsv)(withoutMark(text));
  const columns = typeof split === 'string' ? [] : split.map((column) => column.trim());
  const needed = neededColumns(mapping);
  const missing = needed.filter((column) => !columns.includes(column));
  // Whatever else comes twice, or has no name, is read by nobody.
  const doubled = needed.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (missing.length > 0 || doubled.length > 0) {
    throw new DomainError(
      'usage_header_invalid',
      'invalid',
      `the first line must name the columns of the mapping ${mapping.code}`,
      { missing, doubled },
    );
  }
  return columns;
}

/** The columns of every line by the mapping's layout; null when the first line of a file names them. */
export function layoutColumns({ format, csv, fixedWidth, json }: UsageSourcePolicy): string[] | null {
  switch (format) {
    case 'csv':
      return csv?.columns ?? null;
    case 'fixed-width':
      return fixedWidth?.map(({ name }) => name) ?? [];
    case 'json-lines':
      return json?.map(({ name }) => name) ?? [];
  }
}

/** Reads the lines of one file. Never throws: what cannot be read is `malformed` with its reason. */
export class LineInterpreter {
  private readonly split: RowSplitter;
  private readonly rows: RowReader;

  /** @param fileHash of the file's content, by which lines that were cut are known */
  constructor(
    private readonly mapping: UsageSourcePolicy,
    readonly columns: readonly string[],
    private readonly fileHash = '',
  ) {
    this.split = rowSplitter(mapping);
    this.rows = rowReader(mapping, columns);
  }

  /** Undefined for an empty line. */
  readLine(line: Line): ReadLine | undefined {
    const isEmpty = line.text === '' || (line.text.trim() === '' && !line.isCut);
    return isEmpty ? undefined : this.read(line);
  }

  /** Row and record of cells by position that came otherwise than as a line. */
  readRow(line: Line, row: readonly string[]): ReadLine {
    const record = this.rows.recordOf(row);
    if (typeof record !== 'string') return { kind: 'record', line, row, record };
    return { kind: 'malformed', line, row, recordId: this.rows.recordIdOf(row), reason: record };
  }

  private read(line: Line): ReadLine {
    if (line.isCut) return this.readCut(line);
    const row = this.split(line.text);
    if (typeof row === 'string') return { kind: 'malformed', line, row: [], recordId: null, reason: row };
    if (row.length === this.columns.length) {
      const record = this.rows.recordOf(row);
      if (typeof record !== 'string') return new RecordLine(line, record, this.split);
      return { kind: 'malformed', line, row, recordId: this.rows.recordIdOf(row), reason: record };
    }
    const reason = `${row.length} columns instead of ${this.columns.length}`;
    return { kind: 'malformed', line, row, recordId: null, reason };
  }

  /** A line of which only the beginning is known holds no record: what is cut off may be of its amount. */
  private readCut(line: Line): ReadLine {
    const row = rowOfCut(this.mapping, line.text, this.columns.length);
    const reason = `longer than ${LINE_BYTES_LIMIT} bytes`;
    return { kind: 'malformed', line: { ...line, fileHash: this.fileHash }, row, recordId: null, reason };
  }
}

/** A line that holds a record. Thousands are kept while few are asked for their cells, which are cut out again then. */
export class RecordLine {
  readonly kind = 'record';

  constructor(
    readonly line: Line,
    readonly record: UsageRecord,
    readonly split: RowSplitter,
  ) {}

  get row(): readonly string[] {
    const row = this.split(this.line.text);
    return typeof row === 'string' ? [] : row;
  }
}

/** The cells of a row by name; those without one by number. */
export function cellsOf(row: readonly string[], columns: readonly string[]): Cells {
  const nameAt = (at: number) => (columns[at] ? columns[at] : `column ${at + 1}`);
  return Object.fromEntries(row.map((value, at) => [nameAt(at), storableText(value)]));
}

/** Cells as the database can hold them. */
export function storableCells(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).map(([column, value]) => [column, storableText(value)]));
}

/** The record that corrected cells hold, or in words why they hold none. */
export function recordFromCells(cells: Cells, mapping: UsageSourcePolicy): UsageRecord | string {
  const posted = Object.values(postedColumns).filter((column) => column in cells);
  const columns = [...neededColumns(mapping), ...posted];
  return rowReader(mapping, columns).recordOf(columns.map((column) => cells[column] ?? ''));
}

/** The delivered columns that a mapping reads. */
export function neededColumns(mapping: UsageSourcePolicy): string[] {
  const { columns, types, derived = [] } = mapping;
  const layout = layoutColumns(mapping);
  if (layout) return layout;
  const { recordId, type, subscriber, start, peer, preratedAmount, parts } = columns;
  const named = [recordId, type, subscriber, start, ...types.map(({ quantity }) => quantity)];
  const optional = [peer, preratedAmount, parts?.callId, parts?.number, parts?.last];
  for (const column of optional) if (column) named.push(column);
  const used = derived.flatMap(({ is }) => columnsOf(is));
  const made = new Set(derived.map(({ column }) => column));
  return [...new Set([...named, ...used])].filter((column) => !made.has(column));
}
