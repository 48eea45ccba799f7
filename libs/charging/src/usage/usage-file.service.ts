import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { isId, newId } from '@ronghe/kernel';
import { PlatformConfig, requestContext, SystemClock, Transactions } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { isZipped, saveToSpool, unzipped, type Spooled } from './spool.adapter';
import { FILE_NAME_LIMIT, progressOf, type ReportedFile, type UsageFile } from './usage-file';
import { findUsageFile, findUsageFilePage, insertUsageFile, reopenUsageFile } from './usage-file.store';
import { hashOfText } from './usage-record';
import { UsageSources } from './usage-source.service';

/** An upload as it arrives. */
export interface Upload {
  source: string;
  fileName: string;
  /** The client's key; the same key with the same content is one delivery. Null: every upload is a delivery. */
  idempotencyKey: string | null;
  content: AsyncIterable<Buffer>;
}

/** Receives usage files, and tells how far they are. */
@Injectable()
export class UsageFiles {
  private readonly spool: string;

  constructor(
    private readonly transactions: Transactions,
    private readonly sources: UsageSources,
    private readonly clock: SystemClock,
    config: PlatformConfig,
  ) {
    this.spool = join(config.dataDirectory, 'spool');
  }

  /**
   * Stores an upload and has it collected; returns the file's id. A delivery that failed and comes again is collected anew:
   * what it failed for may be mended.
   * @throws DomainError `usage_source_unknown`, `usage_file_name_invalid`, `usage_file_empty`, `usage_file_too_large`
   */
  async receive(upload: Upload): Promise<string> {
    const spooled = await this.store(upload);
    return this.record(upload, spooled, upload.idempotencyKey ?? newId());
  }

  /** The same for a file that may be found again: a name with the same content is one delivery, however often it comes. */
  async receiveOnce(upload: Omit<Upload, 'idempotencyKey'>): Promise<string> {
    const spooled = await this.store(upload);
    const key = `inbox/${hashOfText(`${upload.source}/${upload.fileName}`)}/${spooled.contentHash.slice(0, 32)}`;
    return this.record(upload, spooled, key);
  }

  private async store({ source, fileName, content }: Omit<Upload, 'idempotencyKey'>): Promise<Spooled> {
    if (fileName === '' || fileName.length > FILE_NAME_LIMIT) {
      throw chargingError('usage_file_name_invalid', `a file name has 1 to ${FILE_NAME_LIMIT} characters`);
    }
    await this.transactions.read((tx) => this.sources.mappingOf(tx, source));
    return saveToSpool(this.spool, isZipped(fileName) ? unzipped(content) : content);
  }

  private async record(
    { source, fileName }: Pick<Upload, 'source' | 'fileName'>,
    spooled: Spooled,
    key: string,
  ): Promise<string> {
    const receivedBy = requestContext().actor?.id ?? 'system';
    const input = { source, fileName, contentHash: spooled.contentHash };
    const newFileId = newId();
    const fileId = await this.transactions.once('charging.receiveUsageFile', key, input, async (tx) => {
      await insertUsageFile(tx, { fileId: newFileId, source, fileName, receivedBy, ...spooled });
      tx.enqueue('charging.collectFile', { fileId: newFileId });
      return newFileId;
    });
    if (fileId !== newFileId)
      await this.transactions.run(async (tx) => {
        if (await reopenUsageFile(tx, fileId)) tx.enqueue('charging.collectFile', { fileId });
      });
    return fileId;
  }

  /** A delivery and its counters. @throws DomainError `usage_file_not_found` */
  async find(fileId: string): Promise<ReportedFile> {
    const file = await this.look(fileId);
    if (!file) throw chargingError('usage_file_not_found', 'there is no such usage file', { fileId });
    return file;
  }

  /** A delivery and its counters; undefined when there is none. */
  async look(fileId: string): Promise<ReportedFile | undefined> {
    if (!isId(fileId)) return undefined;
    const file = await this.transactions.read((tx) => findUsageFile(tx, fileId));
    return file && this.report(file);
  }

  /** A page of deliveries, newest first. */
  async page(at: { source: string | null; after: string | null; limit: number }): Promise<ReportedFile[]> {
    const files = await this.transactions.read((tx) => findUsageFilePage(tx, at));
    return files.map((file) => this.report(file));
  }

  private report(file: UsageFile): ReportedFile {
    return { ...file, ...progressOf(file, Date.parse(this.clock.now())) };
  }
}
