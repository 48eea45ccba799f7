import { DomainError } from './domain-error';
import type { Instant } from './instant';

/** What a row needs at most beside its texts: some eighty cells. */
export const ROW_ROOM = 2_048;

const NULL_LENGTH = -1;
const JSONB_VERSION = 1;
const WORD = 0x1_0000_0000;
/** Longer texts are written by one call, which takes longer than so many steps. */
const STEPS_LIMIT = 40;

/** Milliseconds from 1970 to 2000, where PostgreSQL's instants begin. */
const EPOCH_MS = 946_684_800_000;

/** The value of a hexadecimal digit by its character; 255: it is none. */
const NIBBLES = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit += 1) {
  const character = digit.toString(16);
  NIBBLES[character.charCodeAt(0)] = digit;
  NIBBLES[character.toUpperCase().charCodeAt(0)] = digit;
}

/**
 * Values as PostgreSQL sends and receives them in binary, each behind its length, one behind the other in one piece of memory:
 * neither side makes or reads a text of each value. Who writes rows makes room for each (`room`).
 */
export class BinaryCells {
  protected bytes: Buffer;
  protected length = 0;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  /** Where the next byte goes. */
  get end(): number {
    return this.length;
  }

  /** What was written since. It is not written again: who has it may keep it. */
  since(start: number): Buffer {
    return this.bytes.subarray(start, this.length);
  }

  /** Leaves out a length, which `closeLength` writes once all is there that it counts. */
  openLength(): number {
    this.length += 4;
    return this.length;
  }

  closeLength(start: number): void {
    this.bytes.writeInt32BE(this.length - start, start - 4);
  }

  /** Four bytes without a length before them. */
  int32(value: number): void {
    const { bytes, length } = this;
    bytes[length] = value >>> 24;
    bytes[length + 1] = value >>> 16;
    bytes[length + 2] = value >>> 8;
    bytes[length + 3] = value;
    this.length = length + 4;
  }

  /** Room for a row, and so many bytes more. */
  room(size: number): void {
    const wanted = this.length + size + ROW_ROOM;
    if (wanted <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(wanted, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  nothing(): void {
    this.int32(NULL_LENGTH);
  }

  bool(value: boolean): void {
    this.int32(1);
    this.bytes[this.length++] = value ? 1 : 0;
  }

  /** @throws DomainError `value_out_of_range` beyond 16 bits */
  smallint(value: number): void {
    if ((value << 16) >> 16 !== value) throw outOfRange('smallint');
    this.int32(2);
    this.bytes[this.length++] = value >> 8;
    this.bytes[this.length++] = value;
  }

  /** @throws DomainError `value_out_of_range` beyond 32 bits */
  integer(value: number): void {
    if ((value | 0) !== value) throw outOfRange('integer');
    this.int32(4);
    this.int32(value);
  }

  /** @throws DomainError `value_out_of_range` beyond 64 bits */
  bigint(value: bigint | number): void {
    const number = Number(value);
    if (Number.isSafeInteger(number)) {
      this.long(number);
      return;
    }
    if (typeof value === 'number' || BigInt.asIntN(64, value) !== value) throw outOfRange('bigint');
    this.int32(8);
    this.bytes.writeBigInt64BE(value, this.length);
    this.length += 8;
  }

  /** The number of a transaction. */
  xid(value: string): void {
    this.int32(4);
    this.int32(Number(value));
  }

  /** The place of a row, `(BLOCK,NUMBER)`. @throws DomainError `value_out_of_range` for what is none */
  tid(text: string): void {
    const comma = text.indexOf(',');
    const block = Number(text.slice(1, comma));
    const number = Number(text.slice(comma + 1, -1));
    const isPlace =
      text.startsWith('(') && comma > 1 && Number.isInteger(block) && block >= 0 && block < WORD;
    if (!isPlace || !Number.isInteger(number) || number < 1 || number > 0xffff) throw outOfRange('tid');
    this.int32(6);
    this.int32(block);
    this.bytes[this.length++] = number >> 8;
    this.bytes[this.length++] = number;
  }

  instant(value: Instant): void {
    const ms = msOf(value) - EPOCH_MS;
    if (Number.isSafeInteger(ms * 1000)) this.long(ms * 1000);
    else this.bigint(BigInt(ms) * 1000n);
  }

  /** With dashes or without. @throws DomainError `value_out_of_range` for what is none */
  uuid(text: string): void {
    this.int32(16);
    const { bytes } = this;
    let at = this.length;
    const hasDashes = text.length === 36;
    let wrong = hasDashes || text.length === 32 ? 0 : 255;
    for (let from = 0; from < text.length && wrong < 16; from += 2) {
      if (hasDashes && (from === 8 || from === 13 || from === 18 || from === 23)) from += 1;
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
    if (text.length > STEPS_LIMIT) return bytes.write(text, start);
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
}

function outOfRange(type: string): DomainError {
  return new DomainError('value_out_of_range', 'invalid', `a value is no ${type} of the database`);
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
