import type { Events, EventType } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { PoolClient } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import { requestContext } from '../context/request-context';

/** Any JSON object. */
export type JsonObject = { [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** An event that a transaction wants published: it gets its number just before commit. */
export interface EmittedEvent<T extends EventType = EventType> {
  type: T;
  aggregateId: string;
  lane: number;
  version: number;
  payload: Events[T];
  /** Of the request or event that caused it. */
  traceId: string;
}

export interface EnqueuedJob {
  name: string;
  data: JsonObject;
  delayMs: number;
  traceId: string;
}

/** One database transaction of one domain, with what it wants to happen when it commits. */
export class Tx {
  readonly emitted: EmittedEvent[] = [];
  readonly enqueued: EnqueuedJob[] = [];

  constructor(
    /** The domain's own: its name. */
    readonly schema: string,
    private readonly runner: QueryRunner,
    /** Business time, fixed for the transaction. */
    readonly now: Instant,
  ) {}

  /** TypeORM's entity manager inside this transaction. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  /** Runs SQL and returns its rows, also for `… returning`. bigint comes as text, timestamptz as Date. */
  async query<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    const result = await this.runner.query(sql, parameters, true);
    return (result.records ?? []) as R[];
  }

  /** Runs SQL and returns how many rows it touched. */
  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    const result = await this.runner.query(sql, parameters, true);
    return result.affected ?? 0;
  }

  /** The raw client of this transaction, for COPY. */
  async client(): Promise<PoolClient> {
    return (await this.runner.connect()) as PoolClient;
  }

  /** Publishes a fact when, and only when, this transaction commits. */
  emit<T extends EventType>(type: T, event: Omit<EmittedEvent<T>, 'type' | 'traceId'>): void {
    const { aggregateId, lane, version, payload } = event;
    const { traceId } = requestContext();
    this.emitted.push({ type, traceId, aggregateId, lane, version, payload } as EmittedEvent);
  }

  /** Has `@OnDue(kind)` called when the business clock reaches `dueAt`; the same (kind, key) again moves it. */
  async schedule(kind: string, key: string, dueAt: Instant, data: JsonObject = {}): Promise<void> {
    await this.runner.query(
      `insert into ${this.schema}.schedule (kind, key, due_at, data, trace_id) values ($1, $2, $3, $4, $5)
       on conflict (kind, key) do update set due_at = excluded.due_at, data = excluded.data`,
      [kind, key, dueAt, JSON.stringify(data), requestContext().traceId],
    );
  }

  /** Forgets a schedule; one that is not there is not an error. */
  async cancelSchedule(kind: string, key: string): Promise<void> {
    await this.runner.query(`delete from ${this.schema}.schedule where kind = $1 and key = $2`, [kind, key]);
  }

  /** Sends a job after commit. A job that gets lost is found again by its `@PendingWork`. */
  enqueue(name: string, data: JsonObject, options: { delayMs?: number } = {}): void {
    this.enqueued.push({ name, data, delayMs: options.delayMs ?? 0, traceId: requestContext().traceId });
  }
}
