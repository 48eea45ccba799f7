/** One line of a usage file and where it lies, so that reading can go on behind it after a restart. */
export interface Line {
  text: string;
  /** 1 is the first line of the file. */
  number: number;
  /** Bytes from the start of the file to the byte after this line's line feed. */
  endOffset: number;
}

/** Where reading starts: a byte offset that follows a line feed, and how many lines lie before it. */
export interface ReadFrom {
  offset: number;
  lines: number;
}

/** Longest line that is kept whole; of a longer one the beginning is kept and the rest is dropped. */
export const LINE_BYTES_LIMIT = 16_384;

const LINE_FEED = 0x0a;

/**
 * Cuts a byte stream into lines with exact offsets. Memory is bounded by the limit of a line and one chunk,
 * whatever the file looks like. A final line without line feed counts; an empty last line does not.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, from: ReadFrom): AsyncGenerator<Line> {
  let offset = from.offset;
  let number = from.lines;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let seenBytes = 0;
  const keep = (part: Buffer): void => {
    seenBytes += part.length;
    const room = LINE_BYTES_LIMIT - keptBytes;
    if (room <= 0) return;
    const fitting = part.subarray(0, room);
    kept.push(fitting);
    keptBytes += fitting.length;
  };
  const take = (lineFeedBytes: number): Line => {
    offset += seenBytes + lineFeedBytes;
    number += 1;
    // The database holds no NUL; a line with one is as good with the replacement character.
    const text = Buffer.concat(kept).toString('utf8').replace(/\r$/, '').replaceAll('\u0000', '\uFFFD');
    kept = [];
    keptBytes = 0;
    seenBytes = 0;
    return { text, number, endOffset: offset };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end));
      yield take(1);
      start = end + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  if (seenBytes > 0) yield take(0);
}

/** How many lines, or bytes of lines, make a batch at most. */
export interface BatchLimits {
  lines: number;
  bytes: number;
}

/** Groups lines into batches that are committed whole; only the last one may be small. */
export async function* inBatches(lines: AsyncIterable<Line>, limits: BatchLimits): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  let bytes = 0;
  for await (const line of lines) {
    batch.push(line);
    bytes += line.text.length;
    if (batch.length < limits.lines && bytes < limits.bytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
