import type { UsageSourcePolicy } from '@ronghe/contracts';
import type { Line } from './line-reader';
import { checkpointAt, type Checkpoint } from './usage-file';
import type { UsageWindow } from './usage-window';
import { LineTable } from './line-table';
import { layoutColumns, LineInterpreter, readHeader, type ReadLine } from './record-reader';

/** Lines of a file that are taken in and committed together, with the checkpoint behind them. */
export interface FileBatch {
  columns: readonly string[];
  lines: LineTable;
  /** Behind its last line. */
  checkpoint: Checkpoint;
  /** Where its lines lie apart: the checkpoint before it, in which window. */
  within: { start: Checkpoint; window: UsageWindow } | null;
}

/** How many lines, or bytes of lines, make a batch at most. */
export interface BatchLimits {
  lines: number;
  bytes: number;
}

/**
 * Reads and identifies lines batch by batch; only the last one may be small.
 * @param file its columns as far as known, empty at its beginning, and the hash of its content
 * @throws DomainError `usage_header_invalid`
 */
export async function* readBatches(
  chunks: AsyncIterable<readonly Line[]>,
  mapping: UsageSourcePolicy,
  { columns, contentHash }: { columns: readonly string[]; contentHash: string },
  limits: BatchLimits,
): AsyncGenerator<FileBatch> {
  const known = columns.length > 0 ? columns : layoutColumns(mapping);
  let interpreter = known && new LineInterpreter(mapping, known, contentHash);
  let batch: FileBatch | null = null;
  let startOffset = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const first = chunk[at];
      if (!first) break;
      if (!interpreter) {
        interpreter = new LineInterpreter(mapping, readHeader(first, mapping), contentHash);
        at += 1;
      }
      batch ??= {
        columns: interpreter.columns,
        lines: new LineTable(limits.lines),
        checkpoint: checkpointAt(0, 0),
        within: null,
      };
      const part = chunk.slice(at, at + limits.lines - batch.lines.length);
      for (const line of part) {
        const read = interpreter.readLine(line);
        if (read) batch.lines.add(read);
      }
      const last: Line = part.at(-1) ?? first;
      batch.checkpoint = checkpointAt(last.endOffset, last.number);
      at += part.length;
      if (batch.lines.length < limits.lines && last.endOffset - startOffset < limits.bytes) continue;
      startOffset = last.endOffset;
      yield batch;
      batch = null;
    }
  }
  if (batch) yield batch;
}

/** A batch as two, each with the checkpoint behind it; null for a single line. */
export function halvesOf(batch: FileBatch): [FileBatch, FileBatch] | null {
  const { lines, within } = batch;
  const middle = lines.length >> 1;
  if (middle === 0) return null;
  const last = lines.lineAt(middle - 1).read.line;
  const checkpoint = within
    ? { ...within.start, windowLine: last.number }
    : checkpointAt(last.endOffset, last.number);
  return [
    { ...batch, lines: tableOf(lines, 0, middle), checkpoint },
    {
      ...batch,
      lines: tableOf(lines, middle, lines.length),
      within: within && { ...within, start: checkpoint },
    },
  ];
}

function tableOf(lines: LineTable, from: number, to: number): LineTable {
  return LineTable.of([...lines.linesFrom(from, to)].map(({ read }) => read));
}

/** A batch whose lines are to be set aside. */
export function withoutRecords(batch: FileBatch, reason: string): FileBatch {
  const refused = [...batch.lines.linesFrom(0, batch.lines.length)].map(({ read }): ReadLine => {
    const recordId = read.kind === 'record' ? read.record.recordId : read.recordId;
    return { kind: 'malformed', line: read.line, row: read.row, recordId, reason };
  });
  return { ...batch, lines: LineTable.of(refused) };
}

/** The same items; the next one is made while the consumer works on the one before. */
export async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    let next = items.next();
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = items.next();
      // Its failure is thrown where it is awaited; until then nobody else may hear of it.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await items.return(undefined);
  }
}
