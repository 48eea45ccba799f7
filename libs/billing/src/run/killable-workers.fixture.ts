import { join } from 'node:path';
import { ROOT, spawnApp, TEST_SECRETS, type SpawnedApp } from '@ronghe/testing';

const ENTRY = join(ROOT, 'dist/apps/e2e/src/billing-worker.js');

/** Processes that carry out billing's work over one database, until they are killed. */
export class KillableWorkers {
  private readonly workers: (SpawnedApp | null)[] = [];

  constructor(
    private readonly databaseUrl: string,
    private readonly count: number,
  ) {}

  /** Starts those that do not run. */
  async start(): Promise<void> {
    const missing = Array.from({ length: this.count }, (_, at) => at).filter((at) => !this.workers[at]);
    await Promise.all(missing.map(async (at) => void (this.workers[at] = await this.spawn())));
  }

  /** `kill -9` of one; resolves when it is gone. */
  async kill(at: number): Promise<void> {
    const worker = this.workers[at];
    this.workers[at] = null;
    await worker?.kill();
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((_, at) => this.kill(at)));
  }

  private spawn(): Promise<SpawnedApp> {
    const environment = {
      ...TEST_SECRETS,
      DATABASE_URL: this.databaseUrl,
      DATABASE_POOL_SIZE: '8',
      RONGHE_CLOCK: 'movable',
      LOG_LEVEL: 'error',
    };
    return spawnApp('billing-worker', environment, ENTRY);
  }
}
