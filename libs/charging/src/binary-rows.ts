import type { DomainError, Instant } from '@ronghe/kernel';
import { chargingError } from './charging.errors';

/** What a row needs at most beside its texts. */
const ROW_ROOM = 512;
const FIRST_CAPACITY = 65_536;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const NULL_LENGTH = -1;
const JSONB_VERSION = 1;
const WORD = 0x1_0000_0000;

/** Milliseconds from 1970 to 2000, where PostgreSQL's instants begin. */
const EPOCH_MS = 946_684_800_000;

/** The value of a hexadecimal digit by its character; 255: it is none. */
const NIBBLES = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit += 1) NIBBLES[digit.toString(16).charCodeAt(0)] = digit;

/**
 * Rows in the binary format of COPY (PostgreSQL, "COPY", Binary Format), written one behind the other into one piece of memory:
 * neither side makes or reads a text of each value. Cells are written in the order of the columns; what many rows begin with is
 * written once (`headOf`).
 */
export class BinaryRows {
  private bytes: Buffer;
  private length: number;

  /** How many columns a row has, and its first cells. */
  static headOf(columns: number, write: (cells: BinaryRows) => void): Buffer {
    const cells = new BinaryRows(ROW_ROOM);
    cells.length = cells.bytes.writeInt16BE(columns, 0);
    write(cells);
    return cells.bytes.subarray(0, cells.length);
  }

  constructor(capacity = FIRST_CAPACITY) {
    this.bytes = Buffer.allocUnsafe(capacity);
    this.length = SIGNATURE.copy(this.bytes);
  }

  get isEmpty(): boolean {
    return this.length === SIGNATURE.length;
  }

  /** All rows, to be sent before anything else is written. */
  all(): Buffer {
    this.room(2);
    this.bytes.writeInt16BE(-1, this.length);
    return this.bytes.subarray(0, this.length + 2);
  }

  /** Begins anew, in the same memory. */
  clear(): void {
    this.length = SIGNATURE.length;
  }

  /** Begins a row with what `headOf` made. */
  begin(head: Buffer): void {
    this.room(head.length);
    this.length += head.copy(this.bytes, this.length);
  }

  nothing(): void {
    this.int32(NULL_LENGTH);
  }

  bool(value: boolean): void {
    this.int32(1);
    this.bytes[this.length++] = value ? 1 : 0;
  }

  smallint(value: number): void {
    this.int32(2);
    this.bytes.writeInt16BE(value, this.length);
    this.length += 2;
  }

  integer(value: number): void {
    this.int32(4);
    this.int32(value);
  }

  /** @throws DomainError `value_out_of_range` beyond 64 bits */
  bigint(value: bigint): void {
    const number = Number(value);
    if (Number.isSafeInteger(number)) {
      this.long(number);
      return;
    }
    if (BigInt.asIntN(64, value) !== value) throw outOfRange('bigint');
    this.int32(8);
    this.bytes.writeBigInt64BE(value, this.length);
    this.length += 8;
  }

  instant(value: Instant): void {
    const ms = msOf(value) - EPOCH_MS;
    if (Number.isSafeInteger(ms * 1000)) this.long(ms * 1000);
    else this.bigint(BigInt(ms) * 1000n);
  }

  /** @throws DomainError `value_out_of_range` for what is none */
  uuid(text: string): void {
    this.int32(16);
    const { bytes } = this;
    let at = this.length;
    let wrong = text.length === 36 ? 0 : 255;
    for (let from = 0; from < 36; from += 2) {
      if (from === 8 || from === 13 || from === 18 || from === 23) from += 1;
      const high = NIBBLES[text.charCodeAt(from)] ?? 255;
      const low = NIBBLES[text.charCodeAt(from + 1)] ?? 255;
      wrong |= high | low;
      bytes[at++] = (high << 4) | low;
    }
    if (wrong > 15) throw outOfRange('uuid');
    this.length = at;
  }

  text(text: string): void {
    this.room(3 * text.length);
    const start = this.length + 4;
    const size = this.characters(text, start);
    this.int32(size);
    this.length = start + size;
  }

  jsonb(text: string): void {
    this.room(3 * text.length);
    const start = this.length + 5;
    const size = this.characters(text, start);
    this.int32(size + 1);
    this.bytes[this.length] = JSONB_VERSION;
    this.length = start + size;
  }

  /** Most texts are short and plain: a call for each would take longer. */
  private characters(text: string, start: number): number {
    const { bytes } = this;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 127) return bytes.write(text, start);
      bytes[start + at] = code;
    }
    return text.length;
  }

  /** A whole number that a double holds exactly. */
  private long(value: number): void {
    this.int32(8);
    this.int32(Math.floor(value / WORD));
    this.int32(value);
  }

  private int32(value: number): void {
    const { bytes, length } = this;
    bytes[length] = value >>> 24;
    bytes[length + 1] = value >>> 16;
    bytes[length + 2] = value >>> 8;
    bytes[length + 3] = value;
    this.length = length + 4;
  }

  private room(size: number): void {
    const wanted = this.length + size + ROW_ROOM;
    if (wanted <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(wanted, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

function outOfRange(type: string): DomainError {
  return chargingError('value_out_of_range', `a value is no ${type} of the database`);
}

/** As Date.parse, of what is always written the same way. */
function msOf(instant: Instant): number {
  const digits = (from: number, to: number): number => {
    let value = 0;
    for (let at = from; at < to; at += 1) value = value * 10 + instant.charCodeAt(at) - 48;
    return value;
  };
  const month = digits(5, 7);
  // Years that begin in March: the day that some have and others not comes last (Howard Hinnant, "days_from_civil").
  const year = digits(0, 4) - (month <= 2 ? 1 : 0);
  const century = Math.floor(year / 100);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + digits(8, 10) - 1;
  const days = 365 * year + Math.floor(year / 4) - century + Math.floor(century / 4) + dayOfYear - 719_468;
  const seconds = (digits(11, 13) * 60 + digits(14, 16)) * 60 + digits(17, 19);
  return (days * 86_400 + seconds) * 1000 + digits(20, 23);
}
