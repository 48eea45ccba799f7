import { Injectable } from '@nestjs/common';
import { eventFlow, type DomainName, type EventType } from '@ronghe/contracts';
import type { DataSource } from 'typeorm';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { DomainTransactions } from '../host/domain-transactions.service';
import { HostedDomains } from '../host/hosted-domains';
import { Loop } from '../host/loop';
import { Observers } from '../telemetry/observers.service';
import { FeedConsumer } from './feed-consumer';
import { FeedWays } from './feed-ways.service';
import { HttpFeedSource, SqlFeedSource, type FeedSource } from './feed-source';

/** Without a wake, a consumer looks this often: in process wakes come from commits. */
const IDLE_MS = 1000;
/** Over HTTP nobody wakes it, but the producer itself has held its answer back while it had nothing to say. */
const REMOTE_IDLE_MS = 50;

/** Wraps every feed source; tests repeat, reorder and poison with it. */
export abstract class FeedSourceWrapper {
  /** Called once, before the first `wrap`, with the host's database. */
  attach(_dataSource: DataSource): void {
    // Most wrappers need no database.
  }
  abstract wrap(source: FeedSource): FeedSource;
}

/** Runs one loop per (consumer, producer) pair of the hosted domains. */
@Injectable()
export class FeedRunner {
  private readonly consumers: FeedConsumer[] = [];
  private readonly loops: Loop[] = [];
  private wrapper: FeedSourceWrapper | undefined;

  constructor(
    private readonly hosted: HostedDomains,
    private readonly handlers: HandlerRegistry,
    private readonly transactions: DomainTransactions,
    private readonly observed: Observers,
    private readonly ways: FeedWays,
  ) {}

  wrapWith(wrapper: FeedSourceWrapper): void {
    wrapper.attach(this.ways.dataSource);
    this.wrapper = wrapper;
  }

  start(): void {
    this.prepare();
    for (const consumer of this.consumers) {
      const loop = new Loop(
        `feed ${consumer.source.producer} → ${consumer.consumer}`,
        () => this.round(consumer),
        {
          idleMs: this.hosted.has(consumer.source.producer) ? IDLE_MS : REMOTE_IDLE_MS,
          onError: (error) =>
            this.observed.logger.warn('A feed cannot be read; it will be tried again', error),
        },
      );
      this.loops.push(loop);
      this.ways.afterCommit.onPublished((producer) => {
        if (producer === consumer.source.producer) loop.wake();
      });
      loop.start();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** Events that a hosted domain has still to apply, by producer; empty when it is caught up. */
  async behind(domain: DomainName): Promise<Record<string, number>> {
    this.prepare();
    const own = this.consumers.filter((consumer) => consumer.consumer === domain);
    const counts = await Promise.all(
      own.map(async (consumer) => [consumer.source.producer, await consumer.behind()] as const),
    );
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  consumerOf(consumer: DomainName, producer: DomainName): FeedConsumer | undefined {
    this.prepare();
    return this.consumers.find((each) => each.consumer === consumer && each.source.producer === producer);
  }

  private prepare(): void {
    if (this.consumers.length > 0) return;
    for (const consumer of this.hosted.names) {
      const handlers = this.handlers.all('event', consumer);
      const producers = new Set(handlers.map((handler) => eventFlow[handler.name as EventType].producer));
      for (const producer of producers) {
        const source = this.sourceOf(producer);
        this.consumers.push(new FeedConsumer(consumer, source, this.transactions.of(consumer), handlers));
      }
    }
  }

  private sourceOf(producer: DomainName): FeedSource {
    const source = this.hosted.has(producer)
      ? new SqlFeedSource(producer, this.ways.dataSource)
      : new HttpFeedSource(producer, this.ways.peers);
    return this.wrapper ? this.wrapper.wrap(source) : source;
  }

  private async round(consumer: FeedConsumer): Promise<'again' | 'idle' | 'backoff'> {
    const round = await consumer.pull();
    const labels = { consumer: consumer.consumer, producer: consumer.source.producer };
    if (round.applied > 0) this.observed.metrics.eventsApplied.inc(labels, round.applied);
    if (round.parked > 0) {
      this.observed.metrics.eventsParked.inc(labels, round.parked);
      this.observed.logger.warn('An event was parked: see `ronghe feed parked`', {
        ...labels,
        parked: round.parked,
      });
    }
    if (round.waiting > 0) return 'backoff';
    return round.more ? 'again' : 'idle';
  }
}
