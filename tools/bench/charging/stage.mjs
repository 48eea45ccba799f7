import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { build } from '../../bootstrap/compile.mjs';
import { Failure } from '../../failure.mjs';
import { distFolder, lastLines } from '../../paths.mjs';
import { acquire, stop } from '../../postgres/cluster.mjs';
import { describeExit, startChild } from '../../process/children.mjs';
import { say } from '../../progress.mjs';
import { makeSubscribers } from './subscribers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const secret = 'secret-of-a-bench-that-is-long-enough';
const readyMs = 120_000;
const settleMs = 120_000;
/** From here on filling takes so long that its progress is shown. */
const manyRows = 100_000;
/** How memory is cleaned up, as docs/operations.md recommends for charging. */
const memory = [
  '--max-semi-space-size=64',
  '--heap-growing-percent=300',
  '--v8-pool-size=1',
  '--no-memory-reducer',
];

/** Where the process at a port serves network functions by a thread of its own. @param {number} port */
export const threadPortOf = (port) => port + 1;

/**
 * What a bench of online charging runs on: a durable PostgreSQL of its own with the baseline's tables, and per number of
 * subscribers a database with the charging domain over it, as a process of its own.
 */
export class ChargingStage {
  /** @param {string} url @param {string} folder */
  constructor(url, folder) {
    this.url = url;
    this.folder = folder;
  }

  /** @returns {Promise<ChargingStage>} */
  static async open() {
    await build();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ronghe-bench-charging-'));
    process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const settings = ['max_connections=400', 'shared_buffers=1GB', 'max_wal_size=4GB', ...preloading()];
    const { url } = await acquire({
      data: path.join(folder, 'postgres'),
      port: 55_320,
      fresh: true,
      settings,
    });
    const stage = new ChargingStage(url, folder);
    await stage.sql('postgres', fs.readFileSync(path.join(here, 'baseline.sql'), 'utf8'));
    return stage;
  }

  /** Runs SQL on a database. @param {string} database @param {string} text */
  async sql(database, text) {
    const client = new pg.Client({ connectionString: this.#urlOf(database) });
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  }

  /** Makes a database with so many subscribers. @param {string} database @param {number} count */
  async fill(database, count) {
    await this.sql('postgres', `create database ${database}`);
    const migrated = startChild({
      name: 'bench-migrate',
      args: [path.join(distFolder, 'apps/cli/src/main.js'), 'migrate'],
      env: this.#environment(database),
    });
    await endsWell(migrated);
    const client = new pg.Client({ connectionString: this.#urlOf(database) });
    await client.connect();
    await makeSubscribers(client, count, (table) => {
      if (count >= manyRows) say(`${table} is filled.`);
    });
    await client.end();
    await this.sql(database, 'vacuum (analyze)');
  }

  /**
   * Starts the charging domain over a database. Network functions are served at its port, and by a thread at the port behind it.
   * @param {string} database @param {number} port
   */
  async serve(database, port) {
    const child = startChild({
      name: 'bench-charging',
      args: [...memory, ...profiling(), path.join(distFolder, 'apps/charging/src/main.js')],
      env: {
        ...this.#environment(database),
        PORT: String(port),
        RONGHE_NETWORK_PORT: String(threadPortOf(port)),
      },
    });
    await untilReady(child, port);
    return child;
  }

  /**
   * One run of a load generator, after a checkpoint.
   * @param {object} options for load.mjs
   * @returns {Promise<{ perSecond: number, medianMs: number, p99Ms: number, sessions: number }>}
   */
  async run(options) {
    await this.sql('postgres', 'checkpoint');
    const argument = JSON.stringify({ ...options, token: token(), databaseUrl: this.#urlOf('postgres') });
    const load = spawn(process.execPath, [path.join(here, 'load.mjs'), argument], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    load.stdout.on('data', (chunk) => (output += chunk));
    load.stderr.on('data', (chunk) => (errors += chunk));
    const code = await new Promise((resolve) => load.once('close', resolve));
    if (code !== 0)
      throw new Failure('The load generator failed: see below.', { details: errors.slice(-2000) });
    return JSON.parse(output);
  }

  /**
   * Waits until the totals of a database are published: what is done behind the answers of one side shall not fall on
   * another's run.
   * @param {string} database
   * @returns {Promise<number>} seconds that took
   */
  async settle(database) {
    const began = performance.now();
    for (const deadline = began + settleMs; performance.now() < deadline;) {
      const { rows } = await this.sql(database, 'select from charging.totals_mark limit 1');
      if (rows.length === 0) return (performance.now() - began) / 1000;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Failure('Totals are not published long after the load ended.');
  }

  async close() {
    await stop({ data: path.join(this.folder, 'postgres') });
  }

  #urlOf(database) {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  #environment(database) {
    return {
      DATABASE_URL: this.#urlOf(database),
      DATABASE_POOL_SIZE: '20',
      RONGHE_CLOCK: 'system',
      RONGHE_DATA_DIR: path.join(this.folder, 'data'),
      RONGHE_JWT_SECRET: secret,
      RONGHE_INTERNAL_TOKEN: 'internal-token-of-a-bench',
      RONGHE_IDENTITY_KEY: '0f'.repeat(32),
      LOG_LEVEL: 'fatal',
    };
  }
}

/** RONGHE_BENCH_PROFILE names a folder into which the charging process writes a CPU profile when it ends. */
function profiling() {
  const folder = process.env.RONGHE_BENCH_PROFILE;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** An access token of a network function (JWT, HS256). */
function token() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'ronghe', sub: 'bench', roles: ['partner'], iat: now, exp: now + 3600 };
  const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
  return `${text}.${crypto.createHmac('sha256', secret).update(text).digest('base64url')}`;
}

async function endsWell(child) {
  const exit = await child.exited;
  if (exit.code !== 0)
    throw new Failure(`${child.name} ${describeExit(exit)}: see below.`, { details: lastLines(child.log) });
}

async function untilReady(child, port) {
  let ended = false;
  void child.exited.then(() => (ended = true));
  for (const deadline = Date.now() + readyMs; Date.now() < deadline && !ended;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Failure('The charging domain did not start: see below.', { details: lastLines(child.log) });
}

/** While the process is profiled, so are its statements. */
function preloading() {
  return process.env.RONGHE_BENCH_PROFILE ? ['shared_preload_libraries=pg_stat_statements'] : [];
}
