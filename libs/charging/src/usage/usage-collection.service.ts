import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { isDomainError } from '@ronghe/kernel';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { rerateShards } from '../balance/rerate-shards';
import { halvesOf, oneAhead, withoutRecords, type FileBatch } from './read-batches';
import { UsageBatches } from './usage-batches.service';
import { noCounts, type UsageFile } from './usage-file';
import {
  advanceUsageFile,
  failUsageFile,
  findUsageFile,
  lockUsageFileAt,
  moveCounts,
} from './usage-file.store';
import { UsageIntake } from './usage-intake.service';
import { UsageSources } from './usage-source.service';
import { deleteUsageWindow, insertUsageWindow, leaveStrayWindow } from './usage-window.store';

/** Works through usage files, batch by batch, each committed with its checkpoint. */
@Injectable()
export class UsageCollection {
  /** Files that this process works through. */
  private readonly underWay = new Set<string>();

  constructor(
    private readonly transactions: Transactions,
    private readonly sources: UsageSources,
    private readonly batches: UsageBatches,
    private readonly intake: UsageIntake,
    private readonly clock: SystemClock,
  ) {}

  /**
   * Works through a file from its checkpoint to its end; the next batch is read while the database works on the one
   * before. Safe to call twice at once: whoever finds the file under way, or its checkpoint moved by somebody else, stops.
   * A file that cannot be read at all fails with its reason.
   */
  async collect(fileId: string): Promise<void> {
    if (this.underWay.has(fileId)) return;
    this.underWay.add(fileId);
    try {
      await this.collectFrom(fileId);
    } finally {
      this.underWay.delete(fileId);
    }
  }

  private async collectFrom(fileId: string): Promise<void> {
    const found = await this.transactions.read((tx) => findUsageFile(tx, fileId));
    if (!found || found.state === 'collected' || found.state === 'failed') return;
    // Asked for before a whole batch is read in vain: the sweep finds a file again and again while it is collected.
    const file = await this.transactions.run(async (tx) => {
      const locked = await lockUsageFileAt(tx, found);
      return locked && leaveStrayWindow(tx, locked);
    });
    if (!file) return;
    if (!(await this.batches.areStored(file))) {
      await this.transactions.run((tx) => failUsageFile(tx, fileId, 'the stored file is gone or not whole'));
      return;
    }
    let at: UsageFile = { ...file, startedAt: file.startedAt ?? this.clock.now() };
    try {
      const mapping = await this.transactions.read((tx) => this.sources.mappingOfFile(tx, file));
      for await (const batch of oneAhead(this.batches.of(file, mapping))) {
        const next = await this.takeWhatGoes(at, batch, mapping);
        if (!next) return;
        at = next;
      }
    } catch (error) {
      const reason = whyUnreadable(error);
      if (reason === null) throw error;
      await this.transactions.run((tx) => failUsageFile(tx, fileId, reason));
    }
  }

  /**
   * Takes a batch in; where its data cannot be stored, in halves, down to the line that cannot: that one is set aside,
   * and never stops the file.
   */
  private async takeWhatGoes(
    at: UsageFile,
    batch: FileBatch,
    mapping: UsageSourcePolicy,
  ): Promise<UsageFile | undefined> {
    try {
      return await this.transactions.run((tx) => this.takeBatch(tx, at, batch, mapping));
    } catch (error) {
      if (!isOfData(error) || batch.lines.length === 0) throw error;
      const halves = halvesOf(batch);
      if (!halves) {
        const refused = withoutRecords(batch, 'its values cannot be stored');
        return this.transactions.run((tx) => this.takeBatch(tx, at, refused, mapping));
      }
      const middle = await this.takeWhatGoes(at, halves[0], mapping);
      return middle && this.takeWhatGoes(middle, halves[1], mapping);
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
      ...batch.checkpoint,
      columns: [...batch.columns],
      mapping: { code: mapping.code, version: mapping.version },
      state: batch.checkpoint.checkpointBytes >= at.sizeBytes ? 'collected' : 'collecting',
    };
    const now = this.clock.now();
    await advanceUsageFile(tx, next, counts, { startedAt: at.startedAt ?? now, now });
    await moveCounts(tx, moves);
    await keepWindow(tx, at, next, batch);
    if (next.state === 'collected') {
      tx.enqueue('charging.publishTotals', {});
      for (const shard of rerateShards) tx.enqueue('charging.rerateGroups', { shard });
    }
    return next;
  }
}

/** The window of a file is kept from the first batch in it up to the last. */
async function keepWindow(tx: Tx, at: UsageFile, next: UsageFile, { within }: FileBatch): Promise<void> {
  const [wasInside, isInside] = [at.windowLine > 0, next.windowLine > 0];
  if (wasInside && !isInside) await deleteUsageWindow(tx, at.fileId);
  if (!wasInside && isInside && within) await insertUsageWindow(tx, at.fileId, within.window);
}

/** Why a file cannot be read at all; null when another try may help. */
function whyUnreadable(error: unknown): string | null {
  if (!isDomainError(error)) return null;
  if (error.code === 'usage_source_unknown') return error.message;
  if (error.code !== 'usage_header_invalid') return null;
  const named = ['missing', 'doubled'].flatMap((what) => {
    const columns = error.details[what];
    return Array.isArray(columns) && columns.length > 0 ? [`${what}: ${columns.join(', ')}`] : [];
  });
  return [error.message, ...named].join('; ');
}

/** Whether the values of a batch are to blame: PostgreSQL's class 22 (data exception), or our own rules. */
function isOfData(error: unknown): boolean {
  if (isDomainError(error)) return error.kind === 'invalid';
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return String(driverError?.code ?? code).startsWith('22');
}
