import { Injectable } from '@nestjs/common';
import { domainNames, type DomainName } from '@ronghe/contracts';
import { DomainError, instantFromDate, type Instant } from '@ronghe/kernel';
import { PeerClient } from '../command/peer-client.service';
import { DomainTransactions } from '../host/domain-transactions.service';
import { EveryDomain } from '../host/every-domain.service';
import { HostedDomains } from '../host/hosted-domains';
import { FeedRunner } from './feed-runner.service';

/** Aggregates that a list shows of each domain. */
const LIST_LIMIT = 100;

/** What a consumer has set aside of one aggregate, because its first event could not be applied. */
export interface ParkedAggregate {
  consumer: DomainName;
  producer: DomainName;
  aggregateId: string;
  /** Of the first parked event. */
  type: string;
  /** Why the first one failed. */
  reason: string;
  /** System time. */
  parkedAt: Instant;
  /** How many events wait, the first one included. */
  events: number;
}

interface ParkedRow {
  producer: DomainName;
  aggregate_id: string;
  type: string;
  reason: string;
  parked_at: Date;
  events: string;
}

/** Events that could not be applied, over all processes of the operator: what they are, and their release. */
@Injectable()
export class ParkedEvents {
  constructor(
    private readonly hosted: HostedDomains,
    private readonly transactions: DomainTransactions,
    private readonly feeds: FeedRunner,
    private readonly peers: PeerClient,
    private readonly everyone: EveryDomain,
  ) {}

  /** Of all domains, the hosted and the others'; 100 aggregates of each at most. */
  async all(): Promise<ParkedAggregate[]> {
    const remote = this.everyone
      .remoteDomains()
      .map((domain) => this.peers.post<ParkedAggregate[]>(domain, '/internal/parked', {}));
    return (await Promise.all([this.own(), ...remote])).flat();
  }

  /** Of the hosted domains. */
  async own(): Promise<ParkedAggregate[]> {
    return (await Promise.all(this.hosted.names.map((domain) => this.of(domain)))).flat();
  }

  /**
   * Applies an aggregate's parked events in order, wherever the consumer runs; returns how many.
   * @throws DomainError `feed_unknown` where the consumer does not consume the producer; what the handler throws.
   */
  async release(consumer: string, producer: string, aggregateId: string): Promise<number> {
    if (!isDomain(consumer) || !isDomain(producer)) throw unknownFeed(consumer, producer);
    if (!this.hosted.has(consumer)) {
      const path = `/internal/parked/${consumer}/${producer}/release`;
      return (await this.peers.post<{ released: number }>(consumer, path, { aggregateId })).released;
    }
    const feed = this.feeds.consumerOf(consumer, producer);
    if (!feed) throw unknownFeed(consumer, producer);
    return feed.release(aggregateId);
  }

  private async of(consumer: DomainName): Promise<ParkedAggregate[]> {
    const rows = await this.transactions.of(consumer).read((tx) =>
      tx.query<ParkedRow>(
        `select distinct on (producer, aggregate_id) producer, aggregate_id, event->>'type' as type, reason, parked_at,
           count(*) over (partition by producer, aggregate_id) as events
         from ${consumer}.feed_parked order by producer, aggregate_id, sequence limit ${LIST_LIMIT}`,
      ),
    );
    return rows.map((row) => ({
      consumer,
      producer: row.producer,
      aggregateId: row.aggregate_id,
      type: row.type,
      reason: row.reason,
      parkedAt: instantFromDate(row.parked_at),
      events: Number(row.events),
    }));
  }
}

function isDomain(name: string): name is DomainName {
  return (domainNames as readonly string[]).includes(name);
}

function unknownFeed(consumer: string, producer: string): DomainError {
  return new DomainError('feed_unknown', 'not_found', `${consumer} does not consume ${producer}.`, {
    consumer,
    producer,
  });
}
