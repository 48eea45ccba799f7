import { join } from 'node:path';
import { prepareApp, ROOT, TEST_SECRETS, type PreparedApp, type SpawnedApp } from '@ronghe/testing';

const ENTRY = join(ROOT, 'dist/apps/e2e/src/billing-worker.js');

/**
 * Processes that carry out billing's work over one database, until they are killed. As many more have loaded their code and
 * wait to take their places, so that a run goes on at once.
 */
export class KillableWorkers {
  private readonly workers: (SpawnedApp | null)[] = [];
  private readonly spares: Promise<PreparedApp>[] = [];

  constructor(
    private readonly databaseUrl: string,
    private readonly count: number,
  ) {}

  /** Starts those that do not run. */
  async start(): Promise<void> {
    this.prepare();
    const missing = Array.from({ length: this.count }, (_, at) => at).filter((at) => !this.workers[at]);
    await Promise.all(missing.map(async (at) => void (this.workers[at] = await this.next())));
    this.prepare();
  }

  /** `kill -9` of one; resolves when it is gone. */
  async kill(at: number): Promise<void> {
    const worker = this.workers[at];
    this.workers[at] = null;
    await worker?.kill();
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((_, at) => this.kill(at)));
    await Promise.all(this.spares.splice(0).map(async (spare) => (await spare).kill()));
  }

  private async next(): Promise<SpawnedApp> {
    return (await (this.spares.shift() ?? this.spawn())).begin();
  }

  private prepare(): void {
    while (this.spares.length < this.count) this.spares.push(this.spawn());
  }

  private spawn(): Promise<PreparedApp> {
    const environment = {
      ...TEST_SECRETS,
      DATABASE_URL: this.databaseUrl,
      DATABASE_POOL_SIZE: '8',
      RONGHE_CLOCK: 'movable',
      LOG_LEVEL: 'error',
    };
    return prepareApp('billing-worker', environment, ENTRY);
  }
}
