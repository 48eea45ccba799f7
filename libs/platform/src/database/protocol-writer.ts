import { arrayOf } from '@ronghe/kernel';

/** Room to begin with: what a batch of a few dozen requests sends at once. */
const FIRST_BYTES = 32 * 1024;
/** A UTF-16 unit takes at most so many bytes. */
const BYTES_PER_UNIT = 3;
/** Formats of a parameter. */
const TEXT = 0;
const BINARY = 1;
const BIND = 0x42;
/** Describe of the unnamed portal. */
const DESCRIBE = [0x44, 0, 0, 0, 6, 0x50, 0];
/** Execute of the unnamed portal, all rows. */
const EXECUTE = [0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0];

/**
 * Messages of PostgreSQL's protocol (version 3) one behind the other in one buffer, so that a round is one write instead of a
 * piece for each message. Rows are text; parameters are text, or binary where they come as bytes (`binaryRows` of the kernel).
 */
export class ProtocolWriter {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private at = 0;

  /** A message that somebody else has written. */
  add(message: Uint8Array): void {
    this.ensure(message.length);
    this.buffer.set(message, this.at);
    this.at += message.length;
  }

  /** Binds values to a prepared statement in the unnamed portal. */
  bind(statement: string, values: readonly unknown[]): void {
    this.ensure(statement.length * BYTES_PER_UNIT + 2 * values.length + 32);
    this.buffer[this.at] = BIND;
    const start = this.at + 1;
    this.at = start + 4;
    this.byte(0);
    this.at += this.buffer.write(statement, this.at);
    this.byte(0);
    this.short(values.length);
    for (const value of values) this.short(value instanceof Uint8Array ? BINARY : TEXT);
    this.short(values.length);
    for (const value of values) {
      if (value instanceof Uint8Array) this.binary(value);
      else this.text(textOf(value));
    }
    this.ensure(2);
    this.short(0);
    this.buffer.writeInt32BE(this.at - start, start);
  }

  /** Asks what the rows of the portal look like. */
  describe(): void {
    this.bytes(DESCRIBE);
  }

  execute(): void {
    this.bytes(EXECUTE);
  }

  /** All that was written. */
  toBuffer(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  private binary(bytes: Uint8Array): void {
    this.ensure(bytes.length + 4);
    this.at = this.buffer.writeInt32BE(bytes.length, this.at);
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  private text(text: string | null): void {
    if (text === null) {
      this.ensure(4);
      this.at = this.buffer.writeInt32BE(-1, this.at);
      return;
    }
    this.ensure(text.length * BYTES_PER_UNIT + 4);
    const length = this.buffer.write(text, this.at + 4);
    this.buffer.writeInt32BE(length, this.at);
    this.at += 4 + length;
  }

  private byte(value: number): void {
    this.buffer[this.at] = value;
    this.at += 1;
  }

  private short(value: number): void {
    this.at = this.buffer.writeInt16BE(value, this.at);
  }

  private bytes(values: readonly number[]): void {
    this.ensure(values.length);
    this.buffer.set(values, this.at);
    this.at += values.length;
  }

  private ensure(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}

/** A parameter as text; null: none. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return arrayOf(value);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number | bigint | boolean);
}
