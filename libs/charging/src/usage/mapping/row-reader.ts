import type { PartColumns, UsageSourcePolicy, UsageTypeMapping } from '@ronghe/contracts';
import { amountFromDecimal, isDomainError, type Amount } from '@ronghe/kernel';
import { subscriberKeyReader } from '../subscriber-keys';
import type { CallPart, UsageRecord } from '../usage-record';
import { compileExpression, type CompiledExpression } from './expression';
import { textOf } from './expression-value';
import { insteadOf } from './posted-columns';
import { quantityReader, type QuantityReader } from './read-quantity';
import { startReader } from './read-start';
import { storableText } from './storable-text';
import { Unreadable } from './unreadable';

/** Longest record id, and longest call id, that is kept; a longer one is malformed. */
const RECORD_ID_LIMIT = 128;
/** The other side of a call is cut to so many characters. */
const PEER_LIMIT = 64;
/** Largest amount that somebody else may have priced one event at: 1,000,000 yuan. */
const PRERATED_LIMIT = 1_000_000_000_000n;
/** Largest number of a part of a call. */
const PART_LIMIT = 10_000;
const LAST = new Set(['1', 'true', 'yes', 'last']);

/** Reads rows of one source whose delivered columns are known. */
export interface RowReader {
  /** The record that a row holds, or in words why it holds none. */
  recordOf(row: readonly string[]): UsageRecord | string;
  /** Its record id alone, as far as it can be read. */
  recordIdOf(row: readonly string[]): string | null;
}

type Getter = (row: readonly string[]) => string;

/** Makes a mapping ready for rows with these delivered columns. */
export function rowReader(mapping: UsageSourcePolicy, delivered: readonly string[]): RowReader {
  const all = [...delivered, ...(mapping.derived ?? []).map(({ column }) => column)];
  const positions = new Map(all.map((column, index) => [column, index]));
  const derive = derivation(mapping, delivered.length, positions);
  const get = (column: string): Getter => {
    const index = positions.get(column);
    return index === undefined ? () => '' : (row) => storableText((row[index] ?? '').trim());
  };
  const readId = idReader(mapping.columns.recordId, get);
  const read = recordReader(mapping, get, readId);
  return {
    recordOf: (row) => readable(() => read(derive(row))),
    recordIdOf: (row) => {
      const id = readable(() => ({ id: readId(derive(row)) }));
      return typeof id === 'string' ? null : id.id;
    },
  };
}

function readable<T extends object>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

function derivation(
  mapping: UsageSourcePolicy,
  width: number,
  positions: ReadonlyMap<string, number>,
): (row: readonly string[]) => readonly string[] {
  const scope = { indexOf: (column: string) => positions.get(column), tables: mapping.tables ?? {} };
  const steps = (mapping.derived ?? []).map(({ column, is }) => {
    const said = insteadOf(mapping, column);
    // A file may have a column without a name: it stands for nothing.
    const instead = said === null ? undefined : positions.get(said);
    return [column, compileExpression(is, scope), instead] as const;
  });
  if (steps.length === 0) return (row) => row;
  return (row) => {
    const values = row.slice(0, width);
    for (const [column, work, instead] of steps) {
      const said = instead === undefined ? '' : (values[instead] ?? '');
      values.push(said === '' ? valueOf(column, work, values) : said);
    }
    return values;
  };
}

function valueOf(column: string, work: CompiledExpression, row: readonly string[]): string {
  try {
    return textOf(work(row));
  } catch (error) {
    if (error instanceof Unreadable) throw new Unreadable(`${column}: ${error.message}`);
    throw error;
  }
}

function idReader(column: string, get: (column: string) => Getter): Getter {
  const read = get(column);
  return (row) => {
    const id = read(row);
    if (id !== '' && id.length <= RECORD_ID_LIMIT) return id;
    throw new Unreadable(`${column} is empty or longer than ${RECORD_ID_LIMIT} characters`);
  };
}

function recordReader(
  mapping: UsageSourcePolicy,
  get: (column: string) => Getter,
  readId: Getter,
): (row: readonly string[]) => UsageRecord {
  const { columns, source } = mapping;
  const readType = typeReader(mapping, get);
  const subscriberCell = get(columns.subscriber);
  const readSubscriber = subscriberKeyReader(mapping.subscriberBy);
  const startCell = get(columns.start);
  const readStart = startReader(mapping);
  const readPeer = columns.peer === null ? () => '' : get(columns.peer);
  const readPrerated = preratedReader(columns.preratedAmount ?? null, get);
  const readPart = partReader(columns.parts ?? null, get);
  return (row) => {
    const recordId = readId(row);
    const { usageClass, quantityCell, quantity } = readType(row);
    const subscriber = readSubscriber(subscriberCell(row));
    if (subscriber === '') throw new Unreadable(`${columns.subscriber} holds no ${mapping.subscriberBy}`);
    const peer = storableText(readPeer(row).slice(0, PEER_LIMIT));
    return {
      source,
      recordId,
      usageClass,
      unit: quantity.unit,
      subscriber,
      peer: peer === '' ? null : peer,
      usedAt: readStart(startCell(row)),
      quantity: quantity.read(quantityCell(row)),
      preratedAmount: readPrerated(row),
      part: readPart(row),
    };
  };
}

interface TypeReader extends Pick<UsageTypeMapping, 'usageClass'> {
  quantityCell: Getter;
  quantity: QuantityReader;
}

function typeReader(
  { columns, types }: UsageSourcePolicy,
  get: (column: string) => Getter,
): (row: readonly string[]) => TypeReader {
  const read = get(columns.type);
  const byValue = new Map<string, TypeReader>(
    types.map((type) => [
      type.value,
      {
        usageClass: type.usageClass,
        quantityCell: get(type.quantity),
        quantity: quantityReader(type),
      },
    ]),
  );
  return (row) => {
    const type = byValue.get(read(row));
    if (type) return type;
    throw new Unreadable(`${columns.type} is not one of ${[...byValue.keys()].join(', ')}`);
  };
}

function preratedReader(
  column: string | null,
  get: (column: string) => Getter,
): (row: readonly string[]) => Amount | null {
  if (column === null) return () => null;
  const read = get(column);
  return (row) => {
    const text = read(row);
    if (text === '') return null;
    try {
      const amount = amountFromDecimal(text);
      if (amount >= 0n && amount <= PRERATED_LIMIT) return amount;
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
    throw new Unreadable(`${column} is not an amount such as 12.50, 1000000 at most`);
  };
}

function partReader(
  columns: PartColumns | null,
  get: (column: string) => Getter,
): (row: readonly string[]) => CallPart | null {
  if (columns === null) return () => null;
  const [readCall, readNumber, readLast] = [get(columns.callId), get(columns.number), get(columns.last)];
  return (row) => {
    const callId = readCall(row);
    if (callId === '') return null;
    if (callId.length > RECORD_ID_LIMIT)
      throw new Unreadable(`${columns.callId} is longer than ${RECORD_ID_LIMIT} characters`);
    const text = readNumber(row);
    const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > PART_LIMIT)
      throw new Unreadable(`${columns.number} is not a number of a part, from 1`);
    return { callId, number, isLast: LAST.has(readLast(row).toLowerCase()) };
  };
}
