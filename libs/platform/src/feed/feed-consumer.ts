import type { DomainName, EventEnvelope, EventType } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { runInContext, systemContext } from '../context/request-context';
import type { Transactions } from '../database/transactions.service';
import type { Tx } from '../database/tx';
import type { Handler } from '../handler/handler-registry.service';
import type { Cursors, FeedSource } from './feed-source';

/** How often a failing event is tried before it is parked. */
export const EVENT_ATTEMPTS = 3;
const BATCH_EVENTS = 500;
/** Lanes that are applied side by side where thousands of events come at once: one computes while another one's rows are written. */
const LANES_AT_ONCE = 2;

export interface FeedRound {
  applied: number;
  parked: number;
  /** True when there may be more to read at once. */
  more: boolean;
  /** Lanes that wait because a handler said `unavailable`. */
  waiting: number;
}

/**
 * One consumer of one producer. The cursor of a lane advances in the transaction of the effect, so an event
 * has its effect once, however often it is read; an event that is not the next of its lane is not applied.
 */
export class FeedConsumer {
  constructor(
    readonly consumer: DomainName,
    readonly source: FeedSource,
    private readonly transactions: Transactions,
    private readonly handlers: readonly Handler[],
  ) {}

  /**
   * Reads and applies one batch. Lanes that wait are left out of further batches of the round, so that their
   * events do not take the places of the others'.
   */
  async pull(): Promise<FeedRound> {
    const round: FeedRound = { applied: 0, parked: 0, more: false, waiting: 0 };
    const passed: Cursors = {};
    for (;;) {
      const events = await this.source.read({ ...(await this.cursors()), ...passed }, BATCH_EVENTS);
      const before = round.waiting;
      const lanes = byLane(events).values();
      const apply = async () => {
        for (const lane of lanes) {
          if ((await this.applyBatch(lane, round)) === 'waits')
            passed[lane[0]?.lane ?? 0] = Number.MAX_SAFE_INTEGER;
        }
      };
      await Promise.all(Array.from({ length: this.lanesAtOnce(events) }, apply));
      round.waiting = Object.keys(passed).length;
      const isFull = events.length >= BATCH_EVENTS;
      if (isFull && round.waiting > before) continue;
      round.more = isFull && round.waiting === 0;
      return round;
    }
  }

  /** Handlers that take many events at once are those that are written for load. */
  private lanesAtOnce(events: readonly EventEnvelope[]): number {
    const types = new Set(events.map(({ type }) => type));
    const forOne = this.handlers.some(({ name, takesMany }) => !takesMany && types.has(name as EventType));
    return forOne ? 1 : LANES_AT_ONCE;
  }

  /** How many events the consumer has still to apply. */
  async behind(): Promise<number> {
    const [cursors, heads] = await Promise.all([this.cursors(), this.source.heads()]);
    return Object.entries(heads).reduce(
      (sum, [lane, head]) => sum + Math.max(0, head - (cursors[Number(lane)] ?? 0)),
      0,
    );
  }

  /** Applies the parked events of an aggregate in order, after their cause was mended. Returns how many. */
  async release(aggregateId: string): Promise<number> {
    return this.transactions.run(async (tx) => {
      // Against the lane's own progress: an event that comes meanwhile is applied after these, not parked behind them.
      await tx.execute(
        `select 1 from ${this.consumer}.feed_cursor where producer = $1 and lane in
           (select lane from ${this.consumer}.feed_parked where producer = $1 and aggregate_id = $2) for update`,
        [this.source.producer, aggregateId],
      );
      const rows = await tx.query<{ event: EventEnvelope }>(
        `delete from ${this.consumer}.feed_parked where producer = $1 and aggregate_id = $2 returning event, lane, sequence`,
        [this.source.producer, aggregateId],
      );
      const events = rows.map((row) => row.event).sort((a, b) => a.sequence - b.sequence);
      await this.handleAll(events, tx);
      return events.length;
    });
  }

  private async cursors(): Promise<Cursors> {
    return this.transactions.read(async (tx) => {
      const rows = await tx.query<{ lane: number; sequence: string }>(
        `select lane, sequence from ${this.consumer}.feed_cursor where producer = $1`,
        [this.source.producer],
      );
      return Object.fromEntries(rows.map((row) => [row.lane, Number(row.sequence)]));
    });
  }

  /** Applies a lane's events together; where that fails, one by one up to the first that waits. */
  private async applyBatch(events: readonly EventEnvelope[], round: FeedRound): Promise<'done' | 'waits'> {
    try {
      const applied = await this.applyLane(events);
      round.applied += applied;
      return 'done';
    } catch {
      return this.applyOneByOne(events, round);
    }
  }

  private async applyLane(events: readonly EventEnvelope[]): Promise<number> {
    return this.transactions.run(async (tx) => {
      const fresh = await this.lockFresh(tx, events);
      if (fresh.length === 0) return 0;
      const parked = await this.parkedAggregates(tx, fresh);
      const [behind, ready] = partition(fresh, (event) => parked.has(event.aggregateId));
      for (const event of behind) await this.park(tx, event, 'waits for an earlier event of its aggregate');
      await this.handleAll(ready, tx);
      await this.advance(tx, fresh);
      return fresh.length;
    });
  }

  /** Event by event, only the failing one is parked, and those before one that waits are applied. */
  private async applyOneByOne(events: readonly EventEnvelope[], round: FeedRound): Promise<'done' | 'waits'> {
    for (const event of events) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const applied = await this.applyLane([event]);
          round.applied += applied;
          break;
        } catch (error) {
          if (isPassing(error)) return 'waits';
          if (attempt < EVENT_ATTEMPTS) continue;
          const parked = await this.parkAndAdvance(event, error);
          round.parked += parked;
          break;
        }
      }
    }
    return 'done';
  }

  private async parkAndAdvance(event: EventEnvelope, error: unknown): Promise<number> {
    return this.transactions.run(async (tx) => {
      const fresh = await this.lockFresh(tx, [event]);
      for (const poisoned of fresh)
        await this.park(tx, poisoned, error instanceof Error ? error.message : String(error));
      await this.advance(tx, fresh);
      return fresh.length;
    });
  }

  /** Locks the lane's cursor and keeps the events that continue it without a gap: no repeat, no overtaking. */
  private async lockFresh(tx: Tx, events: readonly EventEnvelope[]): Promise<EventEnvelope[]> {
    const lane = events[0]?.lane;
    if (lane === undefined) return [];
    const cursor = (await this.lockCursor(tx, lane)) ?? (await this.firstCursor(tx, lane));
    let next = Number(cursor?.sequence ?? 0) + 1;
    const fresh: EventEnvelope[] = [];
    for (const event of [...events].sort((a, b) => a.sequence - b.sequence)) {
      if (event.sequence !== next) continue;
      fresh.push(event);
      next += 1;
    }
    return fresh;
  }

  private async lockCursor(tx: Tx, lane: number): Promise<{ sequence: string } | undefined> {
    const [cursor] = await tx.query<{ sequence: string }>(
      `select sequence from ${this.consumer}.feed_cursor where producer = $1 and lane = $2 for update`,
      [this.source.producer, lane],
    );
    return cursor;
  }

  /** The first event of a lane; another process may have made its cursor meanwhile. */
  private async firstCursor(tx: Tx, lane: number): Promise<{ sequence: string } | undefined> {
    await tx.execute(
      `insert into ${this.consumer}.feed_cursor (producer, lane, sequence) values ($1, $2, 0) on conflict do nothing`,
      [this.source.producer, lane],
    );
    return this.lockCursor(tx, lane);
  }

  private async parkedAggregates(tx: Tx, events: readonly EventEnvelope[]): Promise<Set<string>> {
    const rows = await tx.query<{ aggregate_id: string }>(
      `select distinct aggregate_id from ${this.consumer}.feed_parked where producer = $1 and aggregate_id = any($2)`,
      [this.source.producer, events.map((event) => event.aggregateId)],
    );
    return new Set(rows.map((row) => row.aggregate_id));
  }

  /** Hands events to their handlers, in order; neighbours of one type at once to those that take many. */
  private async handleAll(events: readonly EventEnvelope[], tx: Tx): Promise<void> {
    for (const neighbours of byType(events)) {
      for (const handler of this.handlers) {
        if (handler.name !== neighbours[0]?.type) continue;
        if (handler.takesMany) await this.invoke(handler, neighbours, neighbours[0], tx);
        else for (const event of neighbours) await this.invoke(handler, event, event, tx);
      }
    }
  }

  private async invoke(handler: Handler, given: unknown, { traceId }: EventEnvelope, tx: Tx): Promise<void> {
    await runInContext(systemContext(this.consumer, 'feed', traceId), () => handler.invoke(given, tx));
  }

  private async park(tx: Tx, event: EventEnvelope, reason: string): Promise<void> {
    await tx.execute(
      `insert into ${this.consumer}.feed_parked (producer, lane, sequence, aggregate_id, event, reason, parked_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [
        this.source.producer,
        event.lane,
        event.sequence,
        event.aggregateId,
        JSON.stringify(event),
        reason,
        new Date(),
      ],
    );
  }

  private async advance(tx: Tx, events: readonly EventEnvelope[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    await tx.execute(
      `update ${this.consumer}.feed_cursor set sequence = $3 where producer = $1 and lane = $2`,
      [this.source.producer, last.lane, last.sequence],
    );
  }
}

/** What another try will cure, and what so is no reason to park an event: an outage, a lock held by another. */
function isPassing(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'unavailable' || error.code === 'busy');
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** Events cut where the type changes. */
function byType(events: readonly EventEnvelope[]): EventEnvelope[][] {
  const runs: EventEnvelope[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last?.[0]?.type === event.type) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

function byLane(events: readonly EventEnvelope[]): EventEnvelope[][] {
  const lanes = new Map<number, EventEnvelope[]>();
  for (const event of events) {
    const lane = lanes.get(event.lane);
    if (lane) lane.push(event);
    else lanes.set(event.lane, [event]);
  }
  return [...lanes.values()];
}
