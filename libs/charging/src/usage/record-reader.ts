import type { UsageSourcePolicy, UsageTypeMapping } from '@ronghe/contracts';
import {
  DomainError,
  instantAtLocalTime,
  instantFromIso,
  parseLocalDate,
  type Instant,
} from '@ronghe/kernel';
import { parse } from 'csv-parse/sync';
import type { Line } from './line-reader';
import { normaliseNumber, type UsageRecord } from './usage-record';

/** The cells of a line by column name, as delivered. Suspense keeps them so that they can be corrected. */
export type Cells = Record<string, string>;

/** A line as it was read: its record, or why there is none. */
export type ReadLine =
  | { kind: 'record'; line: Line; cells: Cells; record: UsageRecord }
  | { kind: 'malformed'; line: Line; cells: Cells; recordId: string | null; reason: string };

/** Longest record id that is kept; a longer one is malformed. */
const RECORD_ID_LIMIT = 128;
/** So that no charge, and no sum of charges, leaves 64 bits. */
const QUANTITY = /^\d{1,12}$/;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2}):(\d{2})$/;

/**
 * The columns that the first line of a file names, in order.
 * @throws DomainError('usage_header_invalid', 'invalid') when a column that the mapping needs is missing or comes twice.
 */
export function readHeader(text: string, mapping: UsageSourcePolicy): string[] {
  const columns = splitLine(text.replace(/^\uFEFF/, ''))?.map((column) => column.trim()) ?? [];
  const missing = neededColumns(mapping).filter((column) => !columns.includes(column));
  const doubled = columns.filter((column, index) => columns.indexOf(column) !== index);
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

/** Reads a batch of lines. Never throws: what cannot be read comes back as `malformed` with its reason. Empty lines are skipped. */
export function readRecords(
  lines: readonly Line[],
  columns: readonly string[],
  mapping: UsageSourcePolicy,
): ReadLine[] {
  const filled = lines.filter((line) => line.text.trim() !== '');
  const rows = splitLines(filled);
  return filled.map((line, index) => {
    const values = rows[index];
    if (!values)
      return { kind: 'malformed', line, cells: {}, recordId: null, reason: 'quotes are not closed' };
    const cells: Cells = Object.fromEntries(
      values.map((value, at) => [columns[at] ?? `column ${at + 1}`, value]),
    );
    if (values.length !== columns.length) {
      const reason = `${values.length} columns instead of ${columns.length}`;
      return { kind: 'malformed', line, cells, recordId: null, reason };
    }
    const read = recordFromCells(cells, mapping);
    return typeof read === 'string'
      ? { kind: 'malformed', line, cells, recordId: recordIdOf(cells, mapping), reason: read }
      : { kind: 'record', line, cells, record: read };
  });
}

/** The record that the cells hold, or in words why they hold none. */
export function recordFromCells(cells: Cells, mapping: UsageSourcePolicy): UsageRecord | string {
  const { columns } = mapping;
  const recordId = recordIdOf(cells, mapping);
  if (recordId === null) return `${columns.recordId} is empty or longer than ${RECORD_ID_LIMIT} characters`;
  const type = mapping.types.find(({ value }) => value === cellOf(cells, columns.type));
  if (!type) return `${columns.type} is not one of ${mapping.types.map(({ value }) => value).join(', ')}`;
  const subscriber = normaliseNumber(cellOf(cells, columns.subscriber));
  if (subscriber === '') return `${columns.subscriber} holds no number`;
  const usedAt = readStart(cellOf(cells, columns.start), mapping.zone);
  if (!usedAt) return `${columns.start} is not a date and time`;
  const quantity = readQuantity(cellOf(cells, type.quantity));
  if (quantity === null) return `${type.quantity} is not a whole number of ${type.unit}s`;
  return {
    source: mapping.source,
    recordId,
    ...measuredBy(type),
    subscriber,
    peer: peerOf(cells, mapping),
    usedAt,
    quantity,
  };
}

function measuredBy({ usageClass, unit }: UsageTypeMapping): Pick<UsageRecord, 'usageClass' | 'unit'> {
  return { usageClass, unit };
}

/** The columns that a mapping reads. */
export function neededColumns({ columns, types }: UsageSourcePolicy): string[] {
  const named = [
    columns.recordId,
    columns.type,
    columns.subscriber,
    columns.start,
    ...types.map((type) => type.quantity),
  ];
  if (columns.peer !== null) named.push(columns.peer);
  return [...new Set(named)];
}

function cellOf(cells: Cells, column: string): string {
  return (cells[column] ?? '').trim();
}

function recordIdOf(cells: Cells, { columns }: UsageSourcePolicy): string | null {
  const id = cellOf(cells, columns.recordId);
  return id === '' || id.length > RECORD_ID_LIMIT ? null : id;
}

function peerOf(cells: Cells, { columns }: UsageSourcePolicy): string | null {
  const peer = columns.peer === null ? '' : cellOf(cells, columns.peer).slice(0, 64);
  return peer === '' ? null : peer;
}

function readQuantity(text: string): bigint | null {
  return QUANTITY.test(text) ? BigInt(text) : null;
}

/** A time with an offset is an instant; one without is wall-clock time in the mapping's zone. */
function readStart(text: string, zone: string): Instant | null {
  try {
    const local = LOCAL_TIME.exec(text);
    if (!local) return instantFromIso(text);
    const [, date = '', hour = '', minute = '', second = ''] = local;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
    const timeMs = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
    return instantAtLocalTime(parseLocalDate(date), timeMs, zone);
  } catch {
    return null;
  }
}

/** All lines in one pass; where a stray quote joins lines, each line by itself, so that it spoils no other. */
function splitLines(lines: readonly Line[]): (string[] | undefined)[] {
  const whole = split(lines.map((line) => line.text).join('\n'));
  return whole?.length === lines.length ? whole : lines.map((line) => splitLine(line.text));
}

function splitLine(text: string): string[] | undefined {
  const rows = split(text);
  return rows?.length === 1 ? rows[0] : undefined;
}

function split(text: string): string[][] | undefined {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: '\n', skip_empty_lines: false });
  } catch {
    return undefined;
  }
}
