import { LANE_COUNT } from '@ronghe/kernel';
import type { BatchLimits } from './read-batches';

/** Batches that a window holds at most, about: of each of its lines a dozen bytes are kept while it lasts. */
const BATCHES_IN_A_WINDOW = 64;

/**
 * A stretch of a usage file whose lines are taken in by the lanes of their subscribers instead of one after the other, so that
 * a batch has much usage of few accounts. Lines of one lane stay in the order of the file.
 */
export interface UsageWindow {
  /** Bytes and lines of the file before it. */
  startBytes: number;
  startLines: number;
  /** Of each line the part that it belongs to; stored while the window lasts. */
  parts: Uint8Array;
  /** Where each line ends, in bytes from the start of the window; a line begins where the one before ends. */
  ends: Float64Array;
}

/** How many lines and bytes a window may hold. */
export function windowLimits({ lines, bytes }: BatchLimits): BatchLimits {
  return { lines: lines * BATCHES_IN_A_WINDOW, bytes: (bytes * BATCHES_IN_A_WINDOW) / 2 };
}

/** Where a window ends in the file. */
export function endOf({ startBytes, startLines, ends }: Omit<UsageWindow, 'parts'>): {
  bytes: number;
  lines: number;
} {
  return { bytes: startBytes + (ends.at(-1) ?? 0), lines: startLines + ends.length };
}

/** The last of its parts. Each part up to it has lines. */
export function lastPartOf({ parts }: UsageWindow): number {
  return parts.reduce((last, part) => Math.max(last, part), 0);
}

/** Where a line of a window begins, in bytes from the start of the file. */
export function beginOf({ startBytes, ends }: UsageWindow, index: number): number {
  return startBytes + (index === 0 ? 0 : (ends[index - 1] ?? 0));
}

/**
 * Packs the lines of a window into parts of whole lanes, in the order of lanes, each as large as a batch may be; a lane that is
 * larger is a part of its own. Any two parts that follow each other are more than a batch, so that a byte numbers them.
 */
export function packLanes(lanes: Uint16Array, ends: Float64Array, limits: BatchLimits): Uint8Array {
  const lines = new Float64Array(LANE_COUNT);
  const bytes = new Float64Array(LANE_COUNT);
  let before = 0;
  for (const [index, lane] of lanes.entries()) {
    const end = ends[index] ?? before;
    lines[lane] = (lines[lane] ?? 0) + 1;
    bytes[lane] = (bytes[lane] ?? 0) + end - before;
    before = end;
  }
  const partOf = new Uint8Array(LANE_COUNT);
  let [part, partLines, partBytes] = [0, 0, 0];
  for (let lane = 0; lane < LANE_COUNT; lane += 1) {
    const [laneLines, laneBytes] = [lines[lane] ?? 0, bytes[lane] ?? 0];
    const isFull = partLines + laneLines > limits.lines || partBytes + laneBytes > limits.bytes;
    if (isFull && partLines > 0 && laneLines > 0) [part, partLines, partBytes] = [part + 1, 0, 0];
    partOf[lane] = part;
    partLines += laneLines;
    partBytes += laneBytes;
  }
  return Uint8Array.from(lanes, (lane) => partOf[lane] ?? 0);
}

/** Numbers that are added one by one, up to a capacity that is not taken before it is needed. */
export class GrowingEnds {
  private kept = new Float64Array(1024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  add(end: number): void {
    if (this.count === this.kept.length) {
      const more = new Float64Array(this.count * 2);
      more.set(this.kept);
      this.kept = more;
    }
    this.kept[this.count++] = end;
  }

  last(): number {
    return this.count === 0 ? 0 : (this.kept[this.count - 1] ?? 0);
  }

  all(): Float64Array {
    return this.kept.slice(0, this.count);
  }
}
