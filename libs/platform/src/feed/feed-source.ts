import type { DomainName, EventEnvelope, EventType } from '@ronghe/contracts';
import { instantFromDate } from '@ronghe/kernel';
import type { DataSource } from 'typeorm';
import type { PeerClient } from '../command/peer-client.service';

/** Where a consumer stands: the last sequence it has applied, by lane. Lanes that are absent stand at 0. */
export type Cursors = Record<number, number>;

/** Most events that are read at once: a consumer that got so many asks for more. */
export const EVENTS_AT_ONCE = 1000;

/** One producer's events, wherever the producer runs. */
export interface FeedSource {
  readonly producer: DomainName;
  /** Events after the cursors, ascending within each lane, `limit` at most over all lanes. */
  read(cursors: Cursors, limit: number): Promise<EventEnvelope[]>;
  /** The last sequence of every lane. */
  heads(): Promise<Cursors>;
}

interface OutboxRow {
  lane: number;
  sequence: string;
  id: string;
  type: EventType;
  aggregate_id: string;
  version: number;
  occurred_at: Date;
  trace_id: string;
  payload: EventEnvelope['payload'];
}

/** Reads the producer's outbox by SQL: for a producer in this process. */
export class SqlFeedSource implements FeedSource {
  constructor(
    readonly producer: DomainName,
    private readonly dataSource: DataSource,
  ) {}

  async read(cursors: Cursors, limit: number): Promise<EventEnvelope[]> {
    const lanes = Object.keys(cursors).map(Number);
    const rows: OutboxRow[] = await this.dataSource.query(
      `select event.*
       from ${this.producer}.outbox_head head
       left join unnest($1::smallint[], $2::bigint[]) as cursor (lane, sequence) on cursor.lane = head.lane
       cross join lateral (
         select * from ${this.producer}.outbox event
         where event.lane = head.lane and event.sequence > coalesce(cursor.sequence, 0)
         order by event.sequence limit $3
       ) event
       where head.last_sequence > coalesce(cursor.sequence, 0)
       limit $3`,
      [lanes, lanes.map((lane) => cursors[lane]), limit],
    );
    return rows
      .map((row) => toEnvelope(this.producer, row))
      .sort((a, b) => a.lane - b.lane || a.sequence - b.sequence);
  }

  async heads(): Promise<Cursors> {
    const rows: { lane: number; last_sequence: string }[] = await this.dataSource.query(
      `select lane, last_sequence from ${this.producer}.outbox_head`,
    );
    return Object.fromEntries(rows.map((row) => [row.lane, Number(row.last_sequence)]));
  }
}

/** How long a producer holds an answer back while it has nothing to say; also how long a host may take to stop. */
const HOLD_MS = 1_000;

/** Reads the producer's feed over HTTP, by long polling: for a producer in another process. */
export class HttpFeedSource implements FeedSource {
  constructor(
    readonly producer: DomainName,
    private readonly peers: PeerClient,
  ) {}

  read(cursors: Cursors, limit: number): Promise<EventEnvelope[]> {
    return this.peers.post(this.producer, `/internal/feed/${this.producer}`, {
      cursors,
      limit,
      waitMs: HOLD_MS,
    });
  }

  heads(): Promise<Cursors> {
    return this.peers.post(this.producer, `/internal/feed/${this.producer}/heads`, {});
  }
}

function toEnvelope(producer: DomainName, row: OutboxRow): EventEnvelope {
  return {
    id: row.id,
    producer,
    lane: row.lane,
    sequence: Number(row.sequence),
    type: row.type,
    aggregateId: row.aggregate_id,
    version: row.version,
    occurredAt: instantFromDate(row.occurred_at),
    traceId: row.trace_id,
    payload: row.payload,
  };
}
