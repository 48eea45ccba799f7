import { setImmediate } from 'node:timers/promises';
import { lineOf } from './line-reader';
import { LineTable } from './line-table';
import type { BatchLimits, FileBatch } from './read-batches';
import type { LineInterpreter } from './record-reader';
import type { ScatteredLines } from './scattered-lines.adapter';
import { checkpointAt, type Checkpoint } from './usage-file';
import { beginOf, endOf, lastPartOf, type UsageWindow } from './usage-window';

/** Lines that are read without a break: some milliseconds. */
const READ_AT_ONCE = 400;

/** A window with what reads its lines. */
export interface OpenWindow {
  window: UsageWindow;
  interpreter: LineInterpreter;
}

/** Reads the batches of a window, part by part. */
export class WindowBatches {
  constructor(
    private readonly open: OpenWindow,
    private readonly texts: ScatteredLines,
    private readonly limits: BatchLimits,
  ) {}

  /** @param done in the window; of a checkpoint before it, nothing */
  async *from(
    done: Pick<Checkpoint, 'windowPart' | 'windowLine' | 'windowBytes'>,
  ): AsyncGenerator<FileBatch> {
    const { startBytes, startLines, parts } = this.open.window;
    const { windowPart, windowLine, windowBytes } = done;
    const lastPart = lastPartOf(this.open.window);
    let start: Checkpoint = {
      ...checkpointAt(startBytes, startLines),
      windowPart,
      windowLine,
      windowBytes,
    };
    let next = parts.indexOf(windowPart, Math.max(0, windowLine - startLines));
    for (let part = windowPart; part <= lastPart; next = parts.indexOf(++part)) {
      while (next >= 0) {
        if (start.windowPart !== part) start = { ...start, windowPart: part, windowLine: 0 };
        const read = await this.read(next, start);
        next = read.next;
        yield read.batch;
        start = read.batch.checkpoint;
      }
    }
  }

  /** The batch that begins with a line, and the line of the same part behind it; −1: there is none. */
  private async read(first: number, start: Checkpoint): Promise<{ batch: FileBatch; next: number }> {
    const { window, interpreter } = this.open;
    const { startBytes, startLines, ends, parts } = window;
    const { columns } = interpreter;
    const lines = new LineTable(this.limits.lines);
    let [next, last, count, bytes] = [first, first, 0, 0];
    while (next >= 0 && count < this.limits.lines && bytes < this.limits.bytes) {
      const [from, to] = [beginOf(window, next), startBytes + (ends[next] ?? 0)];
      const text = this.texts.holds(from, to)
        ? this.texts.textOf(from, to)
        : await this.texts.textAt(from, to);
      const line = lineOf(text, startLines + next + 1, to, this.texts.isCut(from, to));
      const read = interpreter.readLine(line);
      if (read) lines.add(read);
      bytes += to - from;
      count += 1;
      // Other work of the process has its turn.
      if (count % READ_AT_ONCE === 0) await setImmediate();
      last = next;
      next = parts.indexOf(start.windowPart, next + 1);
    }
    if (next >= 0 || start.windowPart < lastPartOf(window)) {
      const windowLine = startLines + last + 1;
      const checkpoint = { ...start, windowLine, windowBytes: start.windowBytes + bytes };
      return { batch: { columns, lines, checkpoint, within: { start, window } }, next };
    }
    const { bytes: endBytes, lines: endLines } = endOf(window);
    const isWhole = start.windowPart === 0 && start.windowLine === 0;
    const within = isWhole ? null : { start, window };
    return { batch: { columns, lines, checkpoint: checkpointAt(endBytes, endLines), within }, next };
  }
}
