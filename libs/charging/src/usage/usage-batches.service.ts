import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { PlatformConfig, Transactions } from '@ronghe/platform';
import { findHolders } from '../projection/product.store';
import { lineKeyReader, type LineKeyReader } from './line-key';
import { readLines, type Line, type ReadFrom } from './line-reader';
import { LineTable } from './line-table';
import { readBatches, type BatchLimits, type FileBatch } from './read-batches';
import { layoutColumns, LineInterpreter, readHeader } from './record-reader';
import { ScatteredLines } from './scattered-lines.adapter';
import { isInSpool, openSpool, readSpool } from './spool.adapter';
import { numberForms } from './subscriber-keys';
import { BATCH_BYTES_LIMIT, checkpointAt, type UsageFile } from './usage-file';
import { endOf, GrowingEnds, packLanes, windowLimits, type UsageWindow } from './usage-window';
import { findUsageWindow } from './usage-window.store';
import { WindowBatches, type OpenWindow } from './window-batches.adapter';
import { lanesOf, WindowLanes } from './window-lanes';

/**
 * Cuts usage files into batches. A file that is more than one is read by windows: first only the subscriber of each line, so
 * that lines are put together by the lanes of their accounts, then the lines part by part. A batch of a large file so has much
 * usage of few accounts, and what is done once per account and batch is done seldom.
 */
@Injectable()
export class UsageBatches {
  /** Smaller where a test wants many batches. */
  limits: BatchLimits;
  private readonly spool: string;

  constructor(
    private readonly transactions: Transactions,
    config: PlatformConfig,
  ) {
    this.spool = join(config.dataDirectory, 'spool');
    this.limits = { lines: config.usageBatchLines, bytes: BATCH_BYTES_LIMIT };
  }

  /** Whether the bytes of a file are there, all of them. */
  areStored(file: UsageFile): Promise<boolean> {
    return isInSpool(this.spool, file);
  }

  /**
   * The batches of a file from its checkpoint on.
   * @throws DomainError `usage_header_invalid`
   */
  async *of(file: UsageFile, mapping: UsageSourcePolicy): AsyncGenerator<FileBatch> {
    let from = { offset: file.checkpointBytes, lines: file.checkpointLines };
    // Of a layout they are the mapping's own, whichever version the file was begun with.
    let columns: readonly string[] = layoutColumns(mapping) ?? file.columns;
    if (file.windowLine > 0) {
      const interpreter = new LineInterpreter(mapping, columns, file.contentHash);
      const window = await this.findWindow(file);
      yield* this.batchesOf(file, { window, interpreter }, file);
      const { bytes, lines } = endOf(window);
      from = { offset: bytes, lines };
    }
    // Parts of calls are put together by whoever comes last, in the order of the file.
    if (mapping.columns.parts) {
      const { contentHash } = file;
      yield* readBatches(this.linesOf(file, from), mapping, { columns, contentHash }, this.limits);
      return;
    }
    while (from.offset < file.sizeBytes) {
      const open = await this.readWindow(file, mapping, columns, from);
      yield* this.batchesOf(file, open, checkpointAt(0, 0));
      ({ columns } = open.interpreter);
      const { bytes, lines } = endOf(open.window);
      from = { offset: bytes, lines };
    }
  }

  private linesOf({ contentHash }: UsageFile, from: ReadFrom): AsyncGenerator<Line[]> {
    return readLines(readSpool(this.spool, contentHash, from.offset), from);
  }

  /** The next window, with a part for each of its lines: one for all where they are no more than a batch. */
  private async readWindow(
    file: UsageFile,
    mapping: UsageSourcePolicy,
    columns: readonly string[],
    from: ReadFrom,
  ): Promise<OpenWindow> {
    const { limits } = this;
    const most = windowLimits(limits);
    let interpreter: LineInterpreter | null =
      columns.length > 0 ? new LineInterpreter(mapping, columns, file.contentHash) : null;
    let readKey: LineKeyReader | null = interpreter && lineKeyReader(mapping, interpreter);
    let start = from;
    const ends = new GrowingEnds();
    const lanes = new WindowLanes(most.lines);
    reading: for await (const chunk of this.linesOf(file, from)) {
      for (const line of chunk) {
        if (!readKey) {
          interpreter = new LineInterpreter(mapping, readHeader(line, mapping), file.contentHash);
          readKey = lineKeyReader(mapping, interpreter);
          start = { offset: line.endOffset, lines: line.number };
          continue;
        }
        if (lanes.waitingLines === limits.lines) await this.settle(lanes);
        lanes.add(readKey(line));
        ends.add(line.endOffset - start.offset);
        if (ends.length === most.lines || ends.last() >= most.bytes) break reading;
      }
    }
    if (!interpreter) throw new Error(`usage file ${file.fileId} has no line`);
    const all = ends.all();
    const isOneBatch = all.length <= limits.lines && ends.last() <= limits.bytes;
    if (!isOneBatch) await this.settle(lanes);
    const parts = isOneBatch ? new Uint8Array(all.length) : packLanes(lanes.all(), all, limits);
    return { window: { startBytes: start.offset, startLines: start.lines, parts, ends: all }, interpreter };
  }

  private async settle(lanes: WindowLanes): Promise<void> {
    const forms = new Map(lanes.unknown().map((subscriber) => [subscriber, numberForms(subscriber)]));
    const keys = [...new Set([...forms.values()].flat())];
    const holders = keys.length === 0 ? [] : await this.transactions.read((tx) => findHolders(tx, keys));
    lanes.settle(lanesOf(forms, holders));
  }

  /** The window that a file is in: its parts are stored; where its lines lie is found again. */
  private async findWindow(file: UsageFile): Promise<UsageWindow> {
    const parts = await this.transactions.read((tx) => findUsageWindow(tx, file.fileId));
    if (!parts) throw new Error(`usage file ${file.fileId} is in no window`);
    const { checkpointBytes: startBytes, checkpointLines: startLines } = file;
    const ends = new GrowingEnds();
    for await (const chunk of this.linesOf(file, { offset: startBytes, lines: startLines })) {
      for (const line of chunk.slice(0, parts.length - ends.length)) ends.add(line.endOffset - startBytes);
      if (ends.length === parts.length) break;
    }
    return { startBytes, startLines, parts, ends: ends.all() };
  }

  private async *batchesOf(
    file: UsageFile,
    open: OpenWindow,
    done: Pick<UsageFile, 'windowPart' | 'windowLine' | 'windowBytes'>,
  ): AsyncGenerator<FileBatch> {
    const { window, interpreter } = open;
    if (window.parts.length === 0) {
      const checkpoint = checkpointAt(window.startBytes, window.startLines);
      yield { columns: interpreter.columns, lines: LineTable.of([]), checkpoint, within: null };
      return;
    }
    const handle = await openSpool(this.spool, file.contentHash);
    try {
      yield* new WindowBatches(open, new ScatteredLines(handle), this.limits).from(done);
    } finally {
      await handle.close();
    }
  }
}
