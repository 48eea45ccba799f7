import { Injectable } from '@nestjs/common';
import { newId } from '@ronghe/kernel';
import { requestContext, SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../../charging.errors';
import { LineTable } from '../line-table';
import { LineInterpreter } from '../record-reader';
import { findUsage } from '../rated-usage.store';
import type { StoredUsage, UsageFact } from '../rated-usage';
import { hashOfText } from '../usage-record';
import { advanceUsageFile, findUsageFile, insertUsageFile, moveCounts } from '../usage-file.store';
import { LINE_BYTES_LIMIT } from '../line-reader';
import { checkpointAt, type UsageFile } from '../usage-file';
import { UsageIntake } from '../usage-intake.service';
import { UsageSources } from '../usage-source.service';
import { countUsage, findUsageList } from './usage-list.store';
import { rowOfPosted, type PostedUsage } from './posted-usage';
import type { UsageName } from './usage-resource';

/** A usage resource: rated, or its delivery. */
export type UsageFound = { kind: 'rated'; usage: StoredUsage } | { kind: 'delivery'; file: UsageFile };

/** Single usage events, each a delivery of its own: taken in at once, and by the same way as a file's records. */
@Injectable()
export class UsageEvents {
  constructor(
    private readonly transactions: Transactions,
    private readonly sources: UsageSources,
    private readonly intake: UsageIntake,
    private readonly clock: SystemClock,
  ) {}

  /**
   * Takes one event in; the same key with the same event gets the same answer.
   * @throws DomainError `usage_source_unknown`, `usage_number_inexact`, `usage_duplicate`
   */
  async take(source: string, posted: PostedUsage, key: string): Promise<UsageName> {
    const line = JSON.stringify(posted);
    return this.transactions.once('charging.postUsage', key, { source, line }, async (tx) => {
      const mapping = await this.sources.mappingOf(tx, source);
      const { columns, row } = rowOfPosted(posted, mapping);
      const at = { text: line.slice(0, LINE_BYTES_LIMIT), number: 1, endOffset: line.length };
      const lines = LineTable.of([new LineInterpreter(mapping, columns).readRow(at, row)]);
      const fileId = await this.open(tx, source, line);
      const rated: UsageFact[] = [];
      const note = (fact: UsageFact) => rated.push(fact);
      const taken = await this.intake.takeLines(tx, mapping, { fileId, columns, lines }, note);
      if (taken.counts.duplicates > 0)
        throw chargingError('usage_duplicate', 'this usage has been delivered before', {
          recordId: lines.recordIdAt(0),
        });
      const now = this.clock.now();
      const progress = {
        ...checkpointAt(line.length, 1),
        columns,
        mapping: { code: mapping.code, version: mapping.version },
        state: 'collected' as const,
      };
      await advanceUsageFile(tx, { fileId, ...progress }, taken.counts, { startedAt: now, now });
      await moveCounts(tx, taken.moves);
      tx.enqueue('charging.publishTotals', {});
      const [usage] = rated;
      return usage
        ? { kind: 'rated', lane: usage.lane, usageId: usage.usageId }
        : { kind: 'delivery', fileId };
    });
  }

  /** @throws DomainError `usage_not_found` */
  find(name: UsageName | null): Promise<UsageFound> {
    return this.transactions.read(async (tx) => {
      if (name?.kind === 'rated') {
        const usage = await findUsage(tx, name.lane, name.usageId);
        if (usage) return { kind: 'rated', usage };
      }
      if (name?.kind === 'delivery') {
        const file = await findUsageFile(tx, name.fileId);
        if (file) return { kind: 'delivery', file };
      }
      throw chargingError('usage_not_found', 'there is no such usage');
    });
  }

  /** A page of rated usage, of an account or of all, with how much there is. */
  page(at: {
    accountId: string | null;
    offset: number;
    limit: number;
  }): Promise<{ usages: StoredUsage[]; total: number }> {
    return this.transactions.read(async (tx) => ({
      usages: await findUsageList(tx, at),
      total: await countUsage(tx, at.accountId),
    }));
  }

  private async open(tx: Tx, source: string, line: string): Promise<string> {
    const fileId = newId();
    const receivedBy = requestContext().actor?.id ?? 'system';
    const stored = { contentHash: hashOfText(line), sizeBytes: line.length };
    await insertUsageFile(tx, { fileId, source, fileName: 'TMF635 usage', receivedBy, ...stored });
    return fileId;
  }
}
