import { isAscii } from 'node:buffer';

/** One line of a usage file and where it lies, so that reading can go on behind it after a restart. */
export interface Line {
  text: string;
  /** 1 is the first line of the file. */
  number: number;
  /** Bytes from the start of the file to the byte after this line's line feed. */
  endOffset: number;
  /** Of a line that is longer than what is kept; its text ends anywhere. */
  isCut?: true;
  /** Of such a line, once it is read: the hash of its file, as its text does not tell it from others. */
  fileHash?: string;
}

/** Where reading starts: a byte offset that follows a line feed, and how many lines lie before it. */
export interface ReadFrom {
  offset: number;
  lines: number;
}

/** Longest line that is kept whole; of a longer one the beginning is kept and the rest is dropped. */
export const LINE_BYTES_LIMIT = 16_384;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts a byte stream into lines with exact offsets, those of a chunk at a time. Memory is bounded by the limit of a line
 * and one chunk, whatever the file looks like. A final line without line feed counts; an empty last line does not.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, from: ReadFrom): AsyncGenerator<Line[]> {
  const cutter = new LineCutter(from);
  for await (const chunk of chunks) {
    const lines = cutter.cut(chunk);
    if (lines.length > 0) yield lines;
  }
  const rest = cutter.rest();
  if (rest) yield [rest];
}

/** Cuts lines out of chunks; what has no line feed yet waits for the next chunk. */
class LineCutter {
  private offset: number;
  private number: number;
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private seenBytes = 0;
  private lastByte = 0;

  constructor(from: ReadFrom) {
    this.offset = from.offset;
    this.number = from.lines;
  }

  cut(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    // Of plain text a character is a byte, and lines are parts of one text: most files are nothing else.
    const text = isAscii(chunk) ? chunk.toString('latin1') : null;
    const nextEnd = (from: number): number =>
      text === null ? chunk.indexOf(LINE_FEED, from) : text.indexOf('\n', from);
    let start = 0;
    for (let end = nextEnd(0); end >= 0; end = nextEnd(start)) {
      if (text !== null && this.seenBytes === 0) lines.push(this.plain(text.slice(start, end)));
      else {
        this.keep(chunk.subarray(start, end));
        lines.push(this.take(1));
      }
      start = end + 1;
    }
    if (start < chunk.length) this.keep(chunk.subarray(start));
    return lines;
  }

  rest(): Line | null {
    return this.seenBytes > 0 ? this.take(0) : null;
  }

  private plain(text: string): Line {
    this.offset += text.length + 1;
    this.number += 1;
    return lineOf(
      storableLine(text.slice(0, LINE_BYTES_LIMIT)),
      this.number,
      this.offset,
      text.length > LINE_BYTES_LIMIT && isBeyondLimit(text.length, text.endsWith('\r')),
    );
  }

  private keep(part: Buffer): void {
    this.seenBytes += part.length;
    this.lastByte = part.at(-1) ?? this.lastByte;
    const room = LINE_BYTES_LIMIT - this.keptBytes;
    if (room <= 0) return;
    const fitting = part.subarray(0, room);
    this.kept.push(fitting);
    this.keptBytes += fitting.length;
  }

  private take(lineFeedBytes: number): Line {
    const isFirst = this.offset === 0;
    this.offset += this.seenBytes + lineFeedBytes;
    this.number += 1;
    const bytes = this.kept.length === 1 ? this.kept[0] : Buffer.concat(this.kept);
    const isCut = isBeyondLimit(this.seenBytes, this.lastByte === CARRIAGE_RETURN);
    this.kept = [];
    this.keptBytes = 0;
    this.seenBytes = 0;
    const text = textOf(bytes ?? Buffer.of());
    return lineOf(isFirst ? withoutMark(text) : text, this.number, this.offset, isCut);
  }
}

/** A line as it was read, whoever read it. */
export function lineOf(text: string, number: number, endOffset: number, isCut: boolean): Line {
  return isCut ? { text, number, endOffset, isCut } : { text, number, endOffset };
}

/** Whether a line of so many bytes, without its line feed, is longer than what is kept. Its carriage return is none of it. */
export function isBeyondLimit(bytes: number, endsWithReturn: boolean): boolean {
  return bytes - Number(endsWithReturn) > LINE_BYTES_LIMIT;
}

function textOf(bytes: Buffer): string {
  return storableLine(bytes.toString('utf8'));
}

/** The text of a file without the byte order mark that it may begin with. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** A line without its carriage return. The database holds no NUL; a line with one is as good with the replacement character. */
export function storableLine(text: string): string {
  const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '\uFFFD') : whole;
}
