import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { build } from '../../bootstrap/compile.mjs';
import { Failure } from '../../failure.mjs';
import { distFolder, lastLines } from '../../paths.mjs';
import { acquire, stop } from '../../postgres/cluster.mjs';
import { say } from '../../progress.mjs';
import { describeExit, startChild, stopChild } from '../../process/children.mjs';
import { makeSubscribers } from './subscribers.mjs';

const secret = 'secret-of-a-bench-that-is-long-enough';
const readyMs = 120_000;
const port = 47_310;
/** Between two questions how far a file is: what they cost the process is not to be seen in its figures. */
const pollMs = 200;
/** Megabytes for what lives no longer than a request, and for the rest: as docs/operations.md says of collecting usage. */
const heap = ['--max-semi-space-size=32', '--max-old-space-size=320'];
const template = 'usage_template';

/** A durable PostgreSQL of its own, a database with subscribers, and clones of it: every run begins with the same. */
export class UsageStage {
  /** @param {string} url @param {string} folder */
  constructor(url, folder) {
    this.url = url;
    this.folder = folder;
    this.count = 0;
  }

  /** @param {number} subscribers @returns {Promise<UsageStage>} */
  static async open(subscribers) {
    say('Compiling.');
    await build();
    say('Starting PostgreSQL.');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ronghe-bench-usage-'));
    process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const { url } = await acquire({ data: path.join(folder, 'postgres'), port: 56_420, fresh: true });
    const stage = new UsageStage(url, folder);
    await stage.sql('postgres', `alter system set max_wal_size = '4GB'`);
    await stage.sql('postgres', 'select pg_reload_conf()');
    await stage.sql('postgres', `create database ${template}`);
    await endsWell(
      startChild({
        name: 'bench-migrate',
        args: [path.join(distFolder, 'apps/cli/src/main.js'), 'migrate'],
        env: stage.#environment(template),
      }),
    );
    say('Making subscribers.');
    await stage.withClient(template, (client) => makeSubscribers(client, subscribers));
    await stage.sql(template, 'vacuum (freeze, analyze)');
    say('Ready.');
    return stage;
  }

  /** A database like the template. @returns {Promise<string>} its name */
  async clone() {
    const name = `usage_run_${++this.count}`;
    await this.sql('postgres', `create database ${name} template ${template}`);
    return name;
  }

  async drop(/** @type {string} */ database) {
    await this.sql('postgres', `drop database ${database} with (force)`);
  }

  /** Runs SQL on a database. */
  sql(/** @type {string} */ database, /** @type {string} */ text) {
    return this.withClient(database, (client) => client.query(text));
  }

  /** @template T @param {string} database @param {(client: pg.Client) => Promise<T>} work @returns {Promise<T>} */
  async withClient(database, work) {
    const client = new pg.Client({ connectionString: this.#urlOf(database) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Starts the charging domain over a database. */
  async serve(/** @type {string} */ database) {
    const child = startChild({
      name: 'bench-charging',
      args: [...profiling(), ...flags(), path.join(distFolder, 'apps/charging/src/main.js')],
      env: { ...this.#environment(database), PORT: String(port) },
    });
    await untilReady(child);
    return { pid: child.pid, stop: () => stopChild(child), log: child.log };
  }

  /** Uploads a file and waits until all of it is rated. @returns {Promise<any>} what GET /usage/files/{id} says */
  async deliver(/** @type {string} */ file, seen = (/** @type {any} */ _body) => {}) {
    const headers = { authorization: `Bearer ${token()}` };
    const answer = await fetch(`http://127.0.0.1:${port}/usage/files?source=mediation&name=bench.csv`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/csv' },
      body: fs.readFileSync(file),
    });
    if (answer.status !== 202) throw new Failure(`The upload was refused: ${await answer.text()}`);
    const { fileId } = /** @type {{ fileId: string }} */ (await answer.json());
    for (;;) {
      const state = await fetch(`http://127.0.0.1:${port}/usage/files/${fileId}`, { headers });
      const body = /** @type {any} */ (await state.json());
      seen(body);
      if (body.state === 'collected') return body;
      if (body.state === 'failed') throw new Failure(`The file failed: ${body.reason}`);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  async close() {
    await stop({ data: path.join(this.folder, 'postgres') });
  }

  #urlOf(/** @type {string} */ database) {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  #environment(/** @type {string} */ database) {
    return {
      DATABASE_URL: this.#urlOf(database),
      DATABASE_POOL_SIZE: '10',
      RONGHE_CLOCK: 'movable',
      RONGHE_CLOCK_START: '2026-06-30T12:00:00+08:00',
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

/** RONGHE_BENCH_FLAGS names other flags of Node.js for the charging process. */
function flags() {
  return process.env.RONGHE_BENCH_FLAGS?.split(' ') ?? heap;
}

/** An access token of operations (JWT, HS256). */
function token() {
  const part = (/** @type {unknown} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'ronghe', sub: 'bench', roles: ['operations'], iat: now, exp: now + 3600 };
  const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
  return `${text}.${crypto.createHmac('sha256', secret).update(text).digest('base64url')}`;
}

async function endsWell(child) {
  const exit = await child.exited;
  if (exit.code !== 0)
    throw new Failure(`${child.name} ${describeExit(exit)}: see below.`, { details: lastLines(child.log) });
}

async function untilReady(child) {
  let ended = false;
  void child.exited.then(() => (ended = true));
  for (const deadline = Date.now() + readyMs; Date.now() < deadline && !ended;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Failure('The charging domain did not start: see below.', { details: lastLines(child.log) });
}
