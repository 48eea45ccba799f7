import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, Transactions, type JsonObject } from '@ronghe/platform';
import { UsageCalls } from './usage-calls.service';
import { UsageCollection } from './usage-collection.service';
import { findUnfinishedFiles } from './usage-file.store';
import { UsageSources } from './usage-source.service';

/** Files that the sweep looks at in one go. */
const SWEEP_LIMIT = 100;

/** Collects usage files, closes usage sources and flags calls whose parts do not come. */
@Injectable()
export class UsageFileWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly collection: UsageCollection,
    private readonly calls: UsageCalls,
    private readonly sources: UsageSources,
  ) {}

  @OnJob('charging.collectFile')
  async collectFile({ fileId }: { fileId: string }): Promise<void> {
    await this.collection.collect(fileId);
  }

  @PendingWork('charging.collectFile')
  async unfinishedFiles(): Promise<JsonObject[]> {
    const fileIds = await this.transactions.read((tx) => findUnfinishedFiles(tx, SWEEP_LIMIT));
    return fileIds.map((fileId) => ({ fileId }));
  }

  @OnJob('charging.closeSource')
  async closeSource({ source }: { source: string }): Promise<void> {
    await this.sources.grant(source);
  }

  @PendingWork('charging.closeSource')
  async closableSources(): Promise<JsonObject[]> {
    return (await this.sources.closable()).map((source) => ({ source }));
  }

  @OnJob('charging.flagCalls')
  async flagCalls({ source }: { source: string }): Promise<void> {
    await this.calls.flagOverdue(source);
  }

  @PendingWork('charging.flagCalls')
  async sourcesOfOverdueCalls(): Promise<JsonObject[]> {
    return (await this.calls.overdueSources()).map((source) => ({ source }));
  }
}
