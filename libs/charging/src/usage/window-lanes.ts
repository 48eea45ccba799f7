import { laneOf } from '@ronghe/kernel';
import type { NumberHolder } from './guide';
import type { LineKey } from './line-key';

/** Subscribers whose lanes are remembered between steps; then all are forgotten. */
const SUBSCRIBERS_LIMIT = 65_536;

/**
 * Gives each line of a window a lane: its subscriber's, or one that its subscriber's text stands for where nobody knows it.
 * Lines that may be of one record have the lane of the first of them, so that which one came first stays as the file has it.
 * Lanes only say what is taken in together: what a line means is decided when it is.
 */
export class WindowLanes {
  /** Made once a first step is full: most files are no more than that. */
  private made: { lanes: Uint16Array; byRecord: RecordLanes } | null = null;
  private count = 0;
  /** Lines that have no lane yet. */
  private readonly waiting: (LineKey | null)[] = [];
  private readonly known = new Map<string, number>();

  /** @param capacity lines that a window may hold */
  constructor(private readonly capacity: number) {}

  get waitingLines(): number {
    return this.waiting.length;
  }

  add(key: LineKey | null): void {
    this.waiting.push(key);
  }

  /** Subscribers of waiting lines whose lanes are not known. */
  unknown(): string[] {
    if (this.known.size > SUBSCRIBERS_LIMIT) this.known.clear();
    const unknown = new Set<string>();
    for (const key of this.waiting)
      if (key && !this.known.has(key.subscriber)) unknown.add(ownText(key.subscriber));
    return [...unknown];
  }

  /** Gives waiting lines their lanes. @param found those of unknown subscribers */
  settle(found: ReadonlyMap<string, number>): void {
    const { capacity } = this;
    const { lanes, byRecord } = (this.made ??= {
      lanes: new Uint16Array(capacity),
      byRecord: new RecordLanes(capacity),
    });
    for (const [subscriber, lane] of found) this.known.set(subscriber, lane);
    for (const key of this.waiting) {
      const own = key ? (this.known.get(key.subscriber) ?? laneOf(key.subscriber)) : 0;
      lanes[this.count++] = key ? byRecord.laneOf(key.identity, own) : own;
    }
    this.waiting.length = 0;
  }

  all(): Uint16Array {
    return this.made?.lanes.subarray(0, this.count) ?? new Uint16Array(0);
  }
}

/**
 * The lanes of subscribers: of each the lane of whoever took its key last.
 * @param forms the keys under which each may be held
 */
export function lanesOf(
  forms: ReadonlyMap<string, readonly string[]>,
  holders: readonly NumberHolder[],
): Map<string, number> {
  const latest = new Map<string, NumberHolder>();
  for (const holder of holders) {
    const other = latest.get(holder.number);
    if (!other || other.validFrom < holder.validFrom) latest.set(holder.number, holder);
  }
  return new Map(
    [...forms].map(([subscriber, keys]) => {
      const [holder] = keys.flatMap((key) => latest.get(key) ?? []);
      return [subscriber, holder?.lane ?? laneOf(subscriber)];
    }),
  );
}

/** A text of its own: a part of a longer one would keep all of that. */
function ownText(text: string): string {
  return Buffer.from(text).toString();
}

/** What the hash of a text begins with (FNV-1a), and another one. */
const FIRST_SEED = 0x811c9dc5;
const SECOND_SEED = 0x9747b28c;

/** The lane of each record id, by a hash of it; two ids with the same of 53 bits go to one lane, which costs nothing but time. */
class RecordLanes {
  private readonly prints: Uint32Array;
  private readonly lanes: Uint16Array;
  private readonly mask: number;

  constructor(capacity: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2, capacity * 2)));
    this.prints = new Uint32Array(slots);
    this.lanes = new Uint16Array(slots);
    this.mask = slots - 1;
  }

  /** The lane that a record id came with first. */
  laneOf(recordId: string, lane: number): number {
    // 0 is an empty slot.
    const print = hashOf(recordId, SECOND_SEED) | 1;
    let slot = hashOf(recordId, FIRST_SEED) & this.mask;
    for (; this.prints[slot] !== 0; slot = (slot + 1) & this.mask)
      if (this.prints[slot] === print >>> 0) return this.lanes[slot] ?? 0;
    this.prints[slot] = print;
    this.lanes[slot] = lane;
    return lane;
  }
}

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
