import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { laneOf, localDateOf, type Instant } from '@ronghe/kernel';
import { Transactions, requestContext, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findUsageSource, findUsageSources } from '../projection/document.store';
import type { UsageFile } from './usage-file';
import {
  advanceSource,
  findClosable,
  findClosedThrough,
  insertSourceClose,
  takeSourceCloses,
} from './usage-source.store';

/** The zone in which policy documents take effect. */
const POLICY_ZONE = 'Asia/Shanghai';

/** A source and its watermark. */
export interface UsageSourceState {
  source: string;
  /** Everything that started before this instant has been delivered; null: nothing is closed yet. */
  through: Instant | null;
}

/** Usage sources: which there are, by policy, and how far each has delivered everything. */
@Injectable()
export class UsageSources {
  constructor(private readonly transactions: Transactions) {}

  /** How the records of a source are read today. @throws DomainError `usage_source_unknown` */
  async mappingOf(tx: Tx, source: string): Promise<UsageSourcePolicy> {
    const mapping = (await this.mappings(tx)).find((policy) => policy.source === source);
    if (!mapping)
      throw chargingError(
        'usage_source_unknown',
        `no policy describes the usage source ${source.slice(0, 60)}`,
      );
    return mapping;
  }

  /**
   * How a file is read: as it was begun, so that its lines are read alike though the document has changed; one that was not
   * begun as its source is read today.
   * @throws DomainError `usage_source_unknown`
   */
  async mappingOfFile(
    tx: Tx,
    { source, mapping }: Pick<UsageFile, 'source' | 'mapping'>,
  ): Promise<UsageSourcePolicy> {
    const begun = mapping && (await findUsageSource(tx, mapping.code, mapping.version));
    return begun ?? this.mappingOf(tx, source);
  }

  /** Every source that bill runs wait for. */
  async list(tx: Tx): Promise<UsageSourceState[]> {
    const closed = await findClosedThrough(tx);
    const sources = [...new Set((await this.mappings(tx)).map((policy) => policy.source))].sort();
    return sources.map((source) => ({ source, through: closed.get(source) ?? null }));
  }

  /**
   * Asks for a source to be closed: it takes effect, with `usage-source.closed.v1`, once every file of the source is
   * finished and no card group waits to be rated again. Often that is at once. An earlier instant than the watermark
   * changes nothing.
   * @throws DomainError `usage_source_unknown`, `close_in_future`
   */
  async close(tx: Tx, source: string, through: Instant): Promise<UsageSourceState> {
    await this.mappingOf(tx, source);
    if (through > tx.now) {
      throw chargingError(
        'close_in_future',
        'a source cannot be closed through an instant that has not come',
        {
          through,
          now: tx.now,
        },
      );
    }
    await insertSourceClose(tx, source, through, requestContext().actor?.id ?? 'system');
    await this.advance(tx, source);
    return { source, through: (await findClosedThrough(tx)).get(source) ?? null };
  }

  /** `close` as a command: the same key with the same input gets the same answer. */
  closeOnce(source: string, through: Instant, key: string): Promise<UsageSourceState> {
    return this.transactions.once('charging.closeUsageSource', key, { source, through }, (tx) =>
      this.close(tx, source, through),
    );
  }

  /** The sources whose closing can take effect now. */
  async closable(): Promise<string[]> {
    const closable = await this.transactions.read((tx) => findClosable(tx, POLICY_ZONE));
    return closable.map(({ source }) => source);
  }

  /** Lets waiting requests of a source take effect, if they still can. */
  async grant(source: string): Promise<void> {
    await this.transactions.run((tx) => this.advance(tx, source));
  }

  /** Moves the watermark as far as requests can be granted. */
  private async advance(tx: Tx, source: string): Promise<void> {
    const closable = (await findClosable(tx, POLICY_ZONE)).find((each) => each.source === source);
    if (!closable) return;
    const { through } = closable;
    await takeSourceCloses(tx, closable);
    const version = await advanceSource(tx, source, through);
    if (version === null) return;
    const payload = { source, through };
    tx.emit('usage-source.closed.v1', { aggregateId: source, lane: laneOf(source), version, payload });
  }

  private mappings(tx: Tx): Promise<UsageSourcePolicy[]> {
    return findUsageSources(tx, localDateOf(tx.now, POLICY_ZONE));
  }
}
