import { randomFillSync } from 'node:crypto';
import { instantToMs, type Instant } from './instant';

/** Random bytes are drawn for this many ids at once: one system call each would cost more than the id. */
const IDS_PER_DRAW = 256;
const RANDOM_BYTES = 10;
const COUNTER_LIMIT = 0xfff;

const pool = Buffer.alloc(IDS_PER_DRAW * RANDOM_BYTES);
let poolOffset = pool.length;
let lastMs = 0;
let counter = 0;
let writtenMs = -1;
const DIGITS = Buffer.from('0123456789abcdef');
/** The id that was made last; all but its digits stays. */
const text = Buffer.from('00000000-0000-7000-8000-000000000000');

/**
 * A new UUIDv7 in lower case (RFC 9562 §5.7, method 1 of §6.2): 48 bits of system time in milliseconds, a
 * 12-bit counter, 62 random bits. Within one process every id is greater than the one before, also when
 * the system clock steps back.
 */
export function newId(): string {
  writeNext();
  return text.toString('latin1');
}

/** The same, but the last so many hexadecimal digits (12 at most) are those of a number instead of random ones. */
export function newIdEndingWith(value: number, digits: number): string {
  writeNext();
  writeDigits(text.length - digits, value, digits);
  return text.toString('latin1');
}

function writeNext(): void {
  if (poolOffset === pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  const at = poolOffset;
  poolOffset += RANDOM_BYTES;
  // eslint-disable-next-line ronghe/pure-by-suffix -- an id names a moment of the system's, never a business date
  advance(Date.now(), pool.readUInt16BE(at + 8));
  writeTime();
  writeDigits(15, counter, 3);
  writeDigits(19, 0x8000 | (pool.readUInt16BE(at) & 0x3fff), 4);
  writeDigits(24, pool.readUIntBE(at + 2, 3), 6);
  writeDigits(30, pool.readUIntBE(at + 5, 3), 6);
}

/** The first 48 bits; the same for all ids of a millisecond. */
function writeTime(): void {
  if (lastMs === writtenMs) return;
  const high = Math.floor(lastMs / 0x10000);
  writeDigits(0, high >>> 16, 4);
  writeDigits(4, high & 0xffff, 4);
  writeDigits(9, lastMs & 0xffff, 4);
  writtenMs = lastMs;
}

/** Hexadecimal digits in their places: texts that are put together cost three times as much. */
function writeDigits(at: number, value: number, count: number): void {
  let rest = value;
  for (let place = at + count - 1; place >= at; place -= 1) {
    text[place] = DIGITS[rest & 15] ?? 0;
    rest >>>= 4;
  }
}

/** The counter starts in the lower half of its range, so that a burst has room before it borrows from the next ms. */
function advance(nowMs: number, random: number): void {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = random & 0x7ff;
  } else if (counter < COUNTER_LIMIT) {
    counter += 1;
  } else {
    lastMs += 1;
    counter = random & 0x7ff;
  }
}

/** Below every id that was made at an instant or later, and above those made before it. */
export function idFloorAt(at: Instant): string {
  const time = instantToMs(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text has the form of our ids: any UUID, in lower case. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
