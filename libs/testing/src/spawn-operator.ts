import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DomainManifest } from '@ronghe/platform';
import { freePort, spawnApp, type SpawnedApp } from './spawn-app';
import { createTestDatabase } from './test-database';

/** Which app runs which domains when every domain is a process of its own. */
const SPLIT_APPS: Record<string, readonly string[]> = {
  customer: ['customer'],
  catalog: ['catalog'],
  ordering: ['ordering'],
  inventory: ['inventory'],
  provisioning: ['provisioning'],
  charging: ['charging'],
  billing: ['billing', 'receivables'],
};

export const TEST_PASSWORD = 'ronghe-demo';

/** The whole operator as processes, over a database of its own. */
export interface SpawnedOperator {
  /** Where its APIs are. */
  url: string;
  databaseUrl: string;
  simulatorUrl: string;
  apps: Map<string, SpawnedApp>;
  /** Starts an app again that was killed, at the address that it had. */
  restart(name: string): Promise<SpawnedApp>;
  stop(): Promise<void>;
}

export interface SpawnOptions {
  shape: 'suite' | 'split';
  domains: readonly DomainManifest[];
  environment?: Record<string, string>;
}

/** Starts the network simulator and either the suite or the gateway with every domain as its own process. */
export async function spawnOperator({ shape, domains, environment }: SpawnOptions): Promise<SpawnedOperator> {
  const database = await createTestDatabase(domains);
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-operator-'));
  const names = shape === 'suite' ? ['suite'] : [...Object.keys(SPLIT_APPS), 'gateway'];
  const ports = new Map<string, string>();
  for (const name of ['network-simulator', ...names]) ports.set(name, String(await freePort()));
  const url = (name: string): string => `http://127.0.0.1:${ports.get(name)}`;
  const shared = {
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: shape === 'suite' ? '16' : '6',
    RONGHE_CLOCK: 'movable',
    RONGHE_CLOCK_START: '2026-06-01T00:00:00+08:00',
    RONGHE_DATA_DIR: folder,
    RONGHE_DEMO_STAFF: 'true',
    RONGHE_DEMO_PASSWORD: TEST_PASSWORD,
    RONGHE_SIMULATOR_URL: url('network-simulator'),
    NETWORK_SIMULATOR_STATE_FILE: join(folder, 'network.jsonl'),
    RONGHE_PEERS: shape === 'suite' ? '' : peersOf(url),
    ...environment,
  };
  const apps = new Map<string, SpawnedApp>();
  const start = async (name: string): Promise<SpawnedApp> => {
    const app = await spawnApp(name, { ...shared, PORT: ports.get(name) ?? '0' });
    apps.set(name, app);
    return app;
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...apps.values()].map((app) => app.stop()));
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await startInPairs(['network-simulator', ...names], start);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: url(shape === 'suite' ? 'suite' : 'gateway'),
    databaseUrl: database.url,
    simulatorUrl: url('network-simulator'),
    apps,
    restart: start,
    stop,
  };
}

/** Two at a time, one for each core; the order does not matter. */
async function startInPairs(
  names: readonly string[],
  start: (name: string) => Promise<SpawnedApp>,
): Promise<void> {
  for (let index = 0; index < names.length; index += 2) {
    const pair = await Promise.allSettled(names.slice(index, index + 2).map(start));
    for (const each of pair) if (each.status === 'rejected') throw each.reason;
  }
}

function peersOf(url: (name: string) => string): string {
  const pairs = Object.entries(SPLIT_APPS).flatMap(([app, domains]) =>
    domains.map((domain) => `${domain}=${url(app)}`),
  );
  return [...pairs, `identity=${url('gateway')}`].join(',');
}
