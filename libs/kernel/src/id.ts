import { randomFillSync } from 'node:crypto';

/** Random bytes are drawn for this many ids at once: one system call each would cost more than the id. */
const IDS_PER_DRAW = 256;
const RANDOM_BYTES = 10;
const COUNTER_LIMIT = 0xfff;

const pool = Buffer.alloc(IDS_PER_DRAW * RANDOM_BYTES);
let poolOffset = pool.length;
let lastMs = 0;
let counter = 0;

/**
 * A new UUIDv7 in lower case (RFC 9562 §5.7, method 1 of §6.2): 48 bits of system time in milliseconds, a
 * 12-bit counter, 62 random bits. Within one process every id is greater than the one before, also when
 * the system clock steps back.
 */
export function newId(): string {
  if (poolOffset === pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  const random = pool.subarray(poolOffset, poolOffset + RANDOM_BYTES);
  poolOffset += RANDOM_BYTES;
  // eslint-disable-next-line ronghe/pure-by-suffix -- an id names a moment of the system's, never a business date
  advance(Date.now(), random.readUInt16BE(8));
  const time = lastMs.toString(16).padStart(12, '0');
  const sequence = counter.toString(16).padStart(3, '0');
  const variant = (0x8000 | (random.readUInt16BE(0) & 0x3fff)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}-${random.toString('hex', 2, 8)}`;
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

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text has the form of our ids: any UUID, in lower case. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
