import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { isDomainError, isId, newId } from '@ronghe/kernel';
import { PlatformConfig, Transactions, requestContext, type Tx } from '@ronghe/platform';
import { rerateShards } from '../balance/rerate-shards';
import { chargingError } from '../charging.errors';
import { inBatches, readLines, type Line } from './line-reader';
import { readHeader, readRecords } from './record-reader';
import { isInSpool, readSpool, saveToSpool } from './spool.adapter';
import { batchLimits, FILE_NAME_LIMIT, noCounts, type UsageFile } from './usage-file';
import {
  advanceUsageFile,
  findUsageFile,
  findUsageFilePage,
  insertUsageFile,
  lockUsageFileAt,
  failUsageFile,
} from './usage-file.store';
import { UsageIntake } from './usage-intake.service';
import { UsageSources } from './usage-source.service';

/** An upload as it arrives. */
export interface Upload {
  source: string;
  fileName: string;
  /** The client's key; the same key with the same content is one delivery. Null: every upload is a delivery. */
  idempotencyKey: string | null;
  content: AsyncIterable<Buffer>;
}

/** Receives usage files and works through them, batch by batch, each committed with its checkpoint. */
@Injectable()
export class UsageFiles {
  private readonly spool: string;

  constructor(
    private readonly transactions: Transactions,
    private readonly sources: UsageSources,
    private readonly intake: UsageIntake,
    config: PlatformConfig,
  ) {
    this.spool = join(config.dataDirectory, 'spool');
  }

  /**
   * Stores an upload and has it collected; returns the file's id.
   * @throws DomainError `usage_source_unknown`, `usage_file_name_invalid`, `usage_file_empty`, `usage_file_too_large`
   */
  async receive(upload: Upload): Promise<string> {
    const { source, fileName } = upload;
    if (fileName === '' || fileName.length > FILE_NAME_LIMIT) {
      throw chargingError('usage_file_name_invalid', `a file name has 1 to ${FILE_NAME_LIMIT} characters`);
    }
    await this.transactions.read((tx) => this.sources.mappingOf(tx, source));
    const spooled = await saveToSpool(this.spool, upload.content);
    const receivedBy = requestContext().actor?.id ?? 'system';
    const key = upload.idempotencyKey ?? newId();
    const input = { source, fileName, contentHash: spooled.contentHash };
    return this.transactions.once('charging.receiveUsageFile', key, input, async (tx) => {
      const fileId = newId();
      await insertUsageFile(tx, { fileId, source, fileName, receivedBy, ...spooled });
      tx.enqueue('charging.collectFile', { fileId });
      return fileId;
    });
  }

  /** A delivery and its counters. @throws DomainError `usage_file_not_found` */
  async find(fileId: string): Promise<UsageFile> {
    const file = await this.look(fileId);
    if (!file) throw chargingError('usage_file_not_found', 'there is no such usage file', { fileId });
    return file;
  }

  /** A delivery and its counters; undefined when there is none. */
  async look(fileId: string): Promise<UsageFile | undefined> {
    return isId(fileId) ? this.transactions.read((tx) => findUsageFile(tx, fileId)) : undefined;
  }

  /** A page of deliveries, newest first. */
  page(at: { source: string | null; after: string | null; limit: number }): Promise<UsageFile[]> {
    return this.transactions.read((tx) => findUsageFilePage(tx, at));
  }

  /**
   * Works through a file from its checkpoint to its end. Safe to call twice at once: whoever finds the checkpoint moved
   * by somebody else stops. A file that cannot be read at all fails with its reason.
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
    let at = file;
    try {
      for await (const batch of inBatches(lines, batchLimits)) {
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
    batch: readonly Line[],
    mapping: UsageSourcePolicy,
  ): Promise<UsageFile | undefined> {
    if (!(await lockUsageFileAt(tx, at))) return undefined;
    const isFirst = at.columns.length === 0;
    const columns = isFirst ? readHeader(batch[0]?.text ?? '', mapping) : at.columns;
    const records = readRecords(isFirst ? batch.slice(1) : batch, columns, mapping);
    const counts =
      records.length === 0 ? noCounts : await this.intake.takeLines(tx, mapping, at.fileId, records);
    const last = batch.at(-1);
    const checkpointBytes = last?.endOffset ?? at.checkpointBytes;
    const next: UsageFile = {
      ...at,
      columns,
      checkpointBytes,
      checkpointLines: last?.number ?? at.checkpointLines,
      state: checkpointBytes >= at.sizeBytes ? 'collected' : 'collecting',
    };
    await advanceUsageFile(tx, next, counts);
    if (next.state === 'collected')
      for (const shard of rerateShards) tx.enqueue('charging.rerateGroups', { shard });
    return next;
  }
}
