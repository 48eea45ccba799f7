import type { DomainName, EventEnvelope, EventType } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { runInContext, systemContext } from '../context/request-context';
import type { Transactions } from '../database/transactions.service';
import type { Tx } from '../database/tx';
import type { Handler } from '../handler/handler-registry.service';
import { EVENTS_AT_ONCE, type Cursors, type FeedSource } from './feed-source';

/** How often a failing event is tried before it is parked. */
export const EVENT_ATTEMPTS = 3;
/** Transactions side by side where thousands of events come at once: one computes while another one's rows are written. */
const SHARES = 4;

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
      const events = await this.source.read({ ...(await this.cursors()), ...passed }, EVENTS_AT_ONCE);
      const before = round.waiting;
      const lanes = byLane(events);
      const shares = this.takeMany(events) ? divide(lanes, SHARES) : [lanes];
      await Promise.all(shares.map((share) => this.applyShare(share, round, passed)));
      round.waiting = Object.keys(passed).length;
      const isFull = events.length >= EVENTS_AT_ONCE;
      if (isFull && round.waiting > before) continue;
      round.more = isFull && round.waiting === 0;
      return round;
    }
  }

  /** Whether all that is to be done about the events is written for many at once, of whatever lanes. */
  private takeMany(events: readonly EventEnvelope[]): boolean {
    const types = new Set(events.map(({ type }) => type));
    return this.handlers.every(({ name, takesMany }) => takesMany || !types.has(name as EventType));
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

  /** Applies the events of some lanes: all together where their handlers take many, else lane by lane. */
  private async applyShare(
    lanes: readonly EventEnvelope[][],
    round: FeedRound,
    passed: Cursors,
  ): Promise<void> {
    if (lanes.length > 1 && this.takeMany(lanes.flat())) {
      const applied = await this.applyTogether(lanes.flat()).catch(() => null);
      round.applied += applied ?? 0;
      // Lane by lane, only the one that fails is held up.
      if (applied !== null) return;
    }
    for (const lane of lanes) {
      if ((await this.applyBatch(lane, round)) === 'waits')
        passed[lane[0]?.lane ?? 0] = Number.MAX_SAFE_INTEGER;
    }
  }

  /** Applies a lane's events together; where that fails, one by one up to the first that waits. */
  private async applyBatch(events: readonly EventEnvelope[], round: FeedRound): Promise<'done' | 'waits'> {
    try {
      const applied = await this.applyTogether(events);
      round.applied += applied;
      return 'done';
    } catch {
      return this.applyOneByOne(events, round);
    }
  }

  private async applyTogether(events: readonly EventEnvelope[]): Promise<number> {
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
          const applied = await this.applyTogether([event]);
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

  /** Locks the lanes' cursors and keeps the events that continue them without a gap: no repeat, no overtaking. */
  private async lockFresh(tx: Tx, events: readonly EventEnvelope[]): Promise<EventEnvelope[]> {
    const lanes = [...new Set(events.map(({ lane }) => lane))].sort((a, b) => a - b);
    if (lanes.length === 0) return [];
    const cursors = await this.lockCursors(tx, lanes);
    const reached = cursors.size < lanes.length ? await this.firstCursors(tx, lanes) : cursors;
    const ordered = [...events].sort((a, b) => a.lane - b.lane || a.sequence - b.sequence);
    return ordered.filter(({ lane, sequence }) => {
      if (sequence !== (reached.get(lane) ?? 0) + 1) return false;
      reached.set(lane, sequence);
      return true;
    });
  }

  /** In one order for everybody, so that two consumers of the same lanes never wait for each other. */
  private async lockCursors(tx: Tx, lanes: readonly number[]): Promise<Map<number, number>> {
    const rows = await tx.query<{ lane: number; sequence: string }>(
      `select lane, sequence from ${this.consumer}.feed_cursor where producer = $1 and lane = any($2::smallint[])
       order by lane for update`,
      [this.source.producer, lanes],
    );
    return new Map(rows.map(({ lane, sequence }) => [lane, Number(sequence)]));
  }

  /** The first events of some lanes; another process may have made their cursors meanwhile. */
  private async firstCursors(tx: Tx, lanes: readonly number[]): Promise<Map<number, number>> {
    await tx.execute(
      `insert into ${this.consumer}.feed_cursor (producer, lane, sequence)
       select $1, lane, 0 from unnest($2::smallint[]) as missing (lane) order by lane on conflict do nothing`,
      [this.source.producer, lanes],
    );
    return this.lockCursors(tx, lanes);
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
    const reached = new Map(events.map(({ lane, sequence }) => [lane, sequence]));
    if (reached.size === 0) return;
    await tx.execute(
      `update ${this.consumer}.feed_cursor as own set sequence = reached.sequence
       from unnest($2::smallint[], $3::bigint[]) as reached (lane, sequence)
       where producer = $1 and own.lane = reached.lane`,
      [this.source.producer, [...reached.keys()], [...reached.values()]],
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

/** Lanes in so many shares of about as many events, fewer where there are fewer lanes. */
function divide(lanes: readonly EventEnvelope[][], count: number): EventEnvelope[][][] {
  const shares = Array.from({ length: count }, (): EventEnvelope[][] => []);
  for (const [index, lane] of lanes.entries()) shares[index % count]?.push(lane);
  return shares.filter((share) => share.length > 0);
}
