import { isAscii } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { isBeyondLimit, LINE_BYTES_LIMIT, storableLine, withoutMark } from './line-reader';

/** Bytes that are read at once; many times what is kept of a line. */
const BLOCK_BYTES = 1024 ** 2;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** What is looked at of a line: what is kept, and how it ends. */
const SEEN_BYTES = LINE_BYTES_LIMIT + 2;

/** Reads lines of a file whose places are known, and which lie apart but in order. */
export class ScatteredLines {
  private readonly block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  private from = 0;
  private until = 0;
  private isPlain = false;

  constructor(private readonly file: FileHandle) {}

  /** The text of the line from one byte up to another, as `readLines` gives it. */
  async textAt(begin: number, end: number): Promise<string> {
    if (!this.holds(begin, end)) await this.load(begin);
    return this.textOf(begin, end);
  }

  /** Whether a line need not be waited for. */
  holds(begin: number, end: number): boolean {
    return begin >= this.from && Math.min(end, begin + SEEN_BYTES) <= this.until;
  }

  /** The text of a line that it holds. */
  textOf(begin: number, end: number): string {
    const at = begin - this.from;
    const stop = at + Math.min(this.lengthOf(begin, end), LINE_BYTES_LIMIT);
    const text = storableLine(this.block.toString(this.isPlain ? 'latin1' : 'utf8', at, stop));
    return begin === 0 ? withoutMark(text) : text;
  }

  /** Whether the line, which it holds, is longer than its text. */
  isCut(begin: number, end: number): boolean {
    if (end - begin <= LINE_BYTES_LIMIT) return false;
    const length = this.lengthOf(begin, end);
    return isBeyondLimit(length, this.block[begin - this.from + length - 1] === CARRIAGE_RETURN);
  }

  /** Bytes of a line without its line feed; of a very long one it does not matter. */
  private lengthOf(begin: number, end: number): number {
    const length = end - begin;
    return length <= SEEN_BYTES && this.block[begin - this.from + length - 1] === LINE_FEED
      ? length - 1
      : length;
  }

  private async load(begin: number): Promise<void> {
    this.from = begin;
    let length = 0;
    while (length < BLOCK_BYTES) {
      const { bytesRead } = await this.file.read(this.block, length, BLOCK_BYTES - length, begin + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    this.until = begin + length;
    this.isPlain = isAscii(this.block.subarray(0, length));
  }
}
