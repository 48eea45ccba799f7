import { BinaryCells } from './binary-cells';
import type { Instant } from './instant';

/** Ids of PostgreSQL's own types (pg_type.dat); they never change. */
const TYPE = {
  boolean: 16,
  bigint: 20,
  smallint: 21,
  integer: 23,
  text: 25,
  tid: 27,
  xid: 28,
  xids: 1011,
  timestamptz: 1184,
  record: 2249,
  uuid: 2950,
  jsonb: 3802,
} as const;

/** Parameters are written behind each other into pieces of so many bytes. */
const PIECE_BYTES = 256 * 1024;
/** What is left at the end of a piece is not used. */
const LEFT_BYTES = 16 * 1024;

/** A column of rows: the id of its type, and how its value of a row is written. */
export interface BinaryColumn<R> {
  readonly type: number;
  write(cells: BinaryCells, row: R): void;
}

/** Takes a value out of a row; null and undefined are null. */
type Taking<R, V> = (row: R) => V | null | undefined;

export function uuids<R>(pick: Taking<R, string>): BinaryColumn<R> {
  return columnOf(TYPE.uuid, pick, (cells, value) => cells.uuid(value));
}

export function texts<R>(pick: Taking<R, string>): BinaryColumn<R> {
  return columnOf(TYPE.text, pick, (cells, value) => cells.text(value));
}

export function smallints<R>(pick: Taking<R, number>): BinaryColumn<R> {
  return columnOf(TYPE.smallint, pick, (cells, value) => cells.smallint(value));
}

export function integers<R>(pick: Taking<R, number>): BinaryColumn<R> {
  return columnOf(TYPE.integer, pick, (cells, value) => cells.integer(value));
}

export function bigints<R>(pick: Taking<R, bigint | number>): BinaryColumn<R> {
  return columnOf(TYPE.bigint, pick, (cells, value) => cells.bigint(value));
}

export function booleans<R>(pick: Taking<R, boolean>): BinaryColumn<R> {
  return columnOf(TYPE.boolean, pick, (cells, value) => cells.bool(value));
}

export function instants<R>(pick: Taking<R, Instant>): BinaryColumn<R> {
  return columnOf(TYPE.timestamptz, pick, (cells, value) => cells.instant(value));
}

/** JSON as its text. */
export function jsons<R>(pick: Taking<R, string>): BinaryColumn<R> {
  return columnOf(TYPE.jsonb, pick, (cells, value) => cells.jsonb(value));
}

/** Numbers of transactions, as a row's xmin. */
export function xids<R>(pick: Taking<R, string>): BinaryColumn<R> {
  return columnOf(TYPE.xid, pick, (cells, value) => cells.xid(value));
}

/** Where rows lie: their ctid, as PostgreSQL writes it in text. */
export function tids<R>(pick: Taking<R, string>): BinaryColumn<R> {
  return columnOf(TYPE.tid, pick, (cells, value) => cells.tid(value));
}

/** Numbers of transactions, several in each row: `xid[]` of a composite type. */
export function xidLists<R>(pick: Taking<R, readonly string[]>): BinaryColumn<R> {
  return columnOf(TYPE.xids, pick, (cells, values) => {
    cells.room(8 * values.length);
    const start = cells.openLength();
    beginArray(cells, TYPE.xid, values.length);
    for (const value of values) cells.xid(value);
    cells.closeLength(start);
  });
}

/** One column of rows as a parameter `$1::TYPE[]`, in binary. */
export function binaryArray<R>(rows: readonly R[], column: BinaryColumn<R>): Buffer {
  return arrayBytes(column.type, rows, (cells, row) => {
    cells.room(0);
    column.write(cells, row);
  });
}

/** One array for each column, the parameters of `unnest`. */
export function binaryArrays<R>(rows: readonly R[], ...columns: BinaryColumn<R>[]): Buffer[] {
  return columns.map((column) => binaryArray(rows, column));
}

/**
 * Rows as an array of a composite type, for one parameter `$1::TYPE[]`: far less work for both sides than an array for each
 * column. Columns stand in the order of the type, and have its types; at most eighty.
 */
export function binaryRows<R>(rows: readonly R[], columns: readonly BinaryColumn<R>[]): Buffer {
  // Which composite type it is, PostgreSQL knows from the cast, and does not ask.
  return arrayBytes(TYPE.record, rows, (cells, row) => {
    cells.room(0);
    const start = cells.openLength();
    cells.int32(columns.length);
    for (const column of columns) {
      cells.int32(column.type);
      column.write(cells, row);
    }
    cells.closeLength(start);
  });
}

function columnOf<R, V>(
  type: number,
  pick: Taking<R, V>,
  put: (cells: BinaryCells, value: V) => void,
): BinaryColumn<R> {
  return {
    type,
    write(cells, row) {
      const value = pick(row);
      if (value === null || value === undefined) cells.nothing();
      else put(cells, value);
    },
  };
}

let piece = new BinaryCells(PIECE_BYTES);

function arrayBytes<R>(
  type: number,
  rows: readonly R[],
  write: (cells: BinaryCells, row: R) => void,
): Buffer {
  if (piece.end > PIECE_BYTES - LEFT_BYTES) piece = new BinaryCells(PIECE_BYTES);
  const cells = piece;
  cells.room(0);
  const start = cells.end;
  beginArray(cells, type, rows.length);
  for (const row of rows) write(cells, row);
  return cells.since(start);
}

/** An array of one dimension that begins at 1, and may hold nulls (PostgreSQL, array_send); without elements it has none. */
function beginArray(cells: BinaryCells, type: number, length: number): void {
  cells.int32(length === 0 ? 0 : 1);
  cells.int32(1);
  cells.int32(type);
  if (length === 0) return;
  cells.int32(length);
  cells.int32(1);
}
