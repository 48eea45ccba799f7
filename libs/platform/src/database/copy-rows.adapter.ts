import type { Writable } from 'node:stream';
import type { Tx } from './tx';

/** Bytes that are handed to the connection at once. */
const CHUNK_LENGTH = 65_536;

/** What of pg's connection COPY needs; pg's types leave most of it out. */
interface CopyConnection {
  readonly stream: Pick<Writable, 'cork' | 'uncork' | 'write' | 'writable'>;
  query(text: string): void;
  endCopyFrom(): void;
}

/** A message of the protocol: its kind, how long it is with this length itself, what it holds. */
const COPY_DATA = 'd'.charCodeAt(0);
const LENGTH_BYTES = 4;

/**
 * Loads rows with COPY in its text format, in the transaction: the quickest way into a table that PostgreSQL has.
 * @param into the table with its columns: `charging.rated_usage (lane, usage_id)`
 * @param rows as copyLines makes them: cells made by copyCell, joined by tabs, each row ended by a line feed
 */
export async function copyRows(tx: Tx, into: string, rows: string): Promise<void> {
  if (rows !== '') await copyBytes(tx, `copy ${into} from stdin`, Buffer.from(rows));
}

/** Carries out a COPY with its rows, in whatever format the command names. The bytes may be changed once it has ended. */
export async function copyBytes(tx: Tx, command: string, bytes: Buffer): Promise<void> {
  const client = await tx.client();
  await new Promise<void>((resolve, reject) => {
    client.query(new CopyIn(command, bytes, (error) => (error ? reject(error) : resolve())));
  });
}

/** Whether COPY was refused because a row with the same key is there: PostgreSQL's unique_violation. */
export function isRefusedAsDouble(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '23505';
}

/** A value in the text format of COPY; null is `\N`. Text that may hold anything is escaped. */
export function copyCell(value: string | null): string {
  if (value === null) return '\\N';
  return SPECIAL.test(value) ? value.replace(EVERY_SPECIAL, escaped) : value;
}

/** Rows for copyRows, with their columns in its order. A value is a text, a number, a bigint, a condition, a Date or null. */
export function copyLines<R>(rows: readonly R[], ...columns: ((row: R) => unknown)[]): string {
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const column of columns) {
      text += separator + cellOf(column(row));
      separator = '\t';
    }
    text += '\n';
  }
  return text;
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') return copyCell(value);
  if (value === null || value === undefined) return copyCell(null);
  return value instanceof Date ? value.toISOString() : String(value);
}

const SPECIAL = /[\\\n\r\t]/;
const EVERY_SPECIAL = /[\\\n\r\t]/g;

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  return character === '\t' ? '\\t' : '\\\\';
}

function headerOf(chunk: Buffer): Buffer {
  const header = Buffer.allocUnsafe(1 + LENGTH_BYTES);
  header[0] = COPY_DATA;
  header.writeUInt32BE(LENGTH_BYTES + chunk.length, 1);
  return header;
}

/**
 * pg calls these as the protocol goes on (PostgreSQL, "COPY Operations"). The rows follow the command at once: the server
 * works on them while this process makes the next ones, and where it refuses the command, it passes over them.
 */
class CopyIn {
  private failure: Error | null = null;

  constructor(
    private readonly text: string,
    private readonly bytes: Buffer,
    private readonly done: (error: Error | null) => void,
  ) {}

  submit(connection: Pick<CopyConnection, 'query'>): void {
    const copying = connection as unknown as CopyConnection;
    const { stream } = copying;
    // All in one piece; pg's own message would be a copy of each chunk.
    stream.cork();
    copying.query(this.text);
    for (let at = 0; at < this.bytes.length && stream.writable; at += CHUNK_LENGTH) {
      const chunk = this.bytes.subarray(at, at + CHUNK_LENGTH);
      stream.write(headerOf(chunk));
      stream.write(chunk);
    }
    copying.endCopyFrom();
    stream.uncork();
  }

  handleCopyInResponse(): void {
    // They are on their way.
  }

  handleCommandComplete(): void {
    // What matters follows: the connection is ready again.
  }

  handleReadyForQuery(): void {
    this.done(this.failure);
  }

  handleError(error: Error): void {
    this.failure = error;
    this.done(error);
  }
}
