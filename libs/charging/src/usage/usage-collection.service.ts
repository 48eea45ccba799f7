import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { isDomainError } from '@ronghe/kernel';
import { PlatformConfig, SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { rerateShards } from '../balance/rerate-shards';
import { readLines } from './line-reader';
import { oneAhead, readBatches, type FileBatch } from './read-batches';
import { isInSpool, readSpool } from './spool.adapter';
import { batchLimits, noCounts, type UsageFile } from './usage-file';
import {
  advanceUsageFile,
  failUsageFile,
  findUsageFile,
  lockUsageFileAt,
  moveCounts,
} from './usage-file.store';
import { UsageIntake } from './usage-intake.service';
import { UsageSources } from './usage-source.service';

/** Works through usage files, batch by batch, each committed with its checkpoint. */
@Injectable()
export class UsageCollection {
  private readonly spool: string;

  constructor(
    private readonly transactions: Transactions,
    private readonly sources: UsageSources,
    private readonly intake: UsageIntake,
    private readonly clock: SystemClock,
    config: PlatformConfig,
  ) {
    this.spool = join(config.dataDirectory, 'spool');
  }

  /**
   * Works through a file from its checkpoint to its end; the next batch is read while the database works on the one
   * before. Safe to call twice at once: whoever finds the checkpoint moved by somebody else stops. A file that cannot be
   * read at all fails with its reason.
   */
  async collect(fileId: string): Promise<void> {
    const file = await this.transactions.read((tx) => findUsageFile(tx, fileId));
    if (!file || file.state === 'collected' || file.state === 'failed') return;
    if (!(await isInSpool(this.spool, file))) {
      await this.transactions.run((tx) => failUsageFile(tx, fileId, 'the stored file is gone or not whole'));
      return;
    }
    const mapping = await this.transactions.read((tx) => this.sources.mappingOf(tx, file.source));
    const from = { offset: file.checkpointBytes, lines: file.checkpointLines };
    const lines = readLines(readSpool(this.spool, file.contentHash, from.offset), from);
    let at: UsageFile = { ...file, startedAt: file.startedAt ?? this.clock.now() };
    try {
      for await (const batch of oneAhead(readBatches(lines, mapping, file.columns, batchLimits))) {
        const next = await this.transactions.run((tx) => this.takeBatch(tx, at, batch, mapping));
        if (!next) return;
        at = next;
      }
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'usage_header_invalid') throw error;
      const reason = `${error.message}; missing: ${String(error.details['missing'])}`;
      await this.transactions.run((tx) => failUsageFile(tx, fileId, reason));
    }
  }

  /** Takes one batch in; the file behind it, or undefined when another worker has been here. */
  private async takeBatch(
    tx: Tx,
    at: UsageFile,
    batch: FileBatch,
    mapping: UsageSourcePolicy,
  ): Promise<UsageFile | undefined> {
    if (!(await lockUsageFileAt(tx, at))) return undefined;
    const delivery = { fileId: at.fileId, columns: batch.columns, lines: batch.lines };
    const { counts, moves } =
      batch.lines.length === 0
        ? { counts: noCounts, moves: [] }
        : await this.intake.takeLines(tx, mapping, delivery);
    const next: UsageFile = {
      ...at,
      columns: [...batch.columns],
      checkpointBytes: batch.endOffset,
      checkpointLines: batch.lastLine,
      state: batch.endOffset >= at.sizeBytes ? 'collected' : 'collecting',
    };
    const now = this.clock.now();
    await advanceUsageFile(tx, next, counts, { startedAt: at.startedAt ?? now, now });
    await moveCounts(tx, moves);
    if (next.state === 'collected') {
      tx.enqueue('charging.publishTotals', {});
      for (const shard of rerateShards) tx.enqueue('charging.rerateGroups', { shard });
    }
    return next;
  }
}
