import { Injectable } from '@nestjs/common';
import {
  createPostgresBackend,
  PostgresConnection,
  setDefaultBackendFactory,
  type ConnectionOptions,
} from 'bullmq';
import IORedis from 'ioredis';
import { Pool } from 'pg';
import { PlatformConfig } from '../config/platform-config';

/** BullMQ's tables live in a schema of their own, shared by every domain's queue. */
const QUEUE_SCHEMA = 'bullmq';

/** The one place that knows where BullMQ keeps its jobs: Redis with `REDIS_URL`, else PostgreSQL. */
@Injectable()
export class QueueConnection {
  private pool: Pool | undefined;
  private redis: IORedis | undefined;

  constructor(private readonly config: PlatformConfig) {}

  /** Connection for queues and workers; `workers` sizes the pool, because each worker keeps a LISTEN of its own. */
  open(workers: number): ConnectionOptions {
    if (this.config.redisUrl) {
      this.redis ??= new IORedis(this.config.redisUrl, { maxRetriesPerRequest: null });
      return this.redis as unknown as ConnectionOptions;
    }
    setDefaultBackendFactory(createPostgresBackend as never);
    this.pool ??= this.newPool(workers);
    return this.pool as unknown as ConnectionOptions;
  }

  private newPool(workers: number): Pool {
    const pool = new Pool({
      connectionString: this.config.databaseUrl,
      max: workers + 10,
      options: `-c search_path=${QUEUE_SCHEMA}`,
      application_name: 'ronghe-queue',
    });
    // Every queue and worker listens for itself: many listeners are no leak here.
    pool.setMaxListeners(0);
    return pool.on('error', () => undefined);
  }

  /** True when jobs are kept in PostgreSQL. */
  get onPostgres(): boolean {
    return !this.config.redisUrl;
  }

  async close(): Promise<void> {
    await this.pool?.end();
    this.redis?.disconnect();
  }
}

/** Makes or updates BullMQ's own tables; part of `ronghe migrate`. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const connection = new PostgresConnection({
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    migrate: true,
  });
  connection.on('error', () => undefined);
  try {
    await connection.waitUntilReady();
  } finally {
    await connection.close();
  }
}
