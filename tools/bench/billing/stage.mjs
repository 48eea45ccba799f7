import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { build } from '../../bootstrap/compile.mjs';
import { Failure } from '../../failure.mjs';
import { distFolder, lastLines } from '../../paths.mjs';
import { acquire, stop } from '../../postgres/cluster.mjs';
import { describeExit, startChild, stopChild } from '../../process/children.mjs';

const secret = 'secret-of-a-bench-that-is-long-enough';
const readyMs = 120_000;
const port = 47_340;
/** Megabytes for what lives no longer than a batch, and for the rest: as docs/operations.md says of a month's run. */
const heap = ['--max-semi-space-size=64', '--max-old-space-size=400'];

/** A durable PostgreSQL of its own with databases of accounts, and a suite over a copy of one of them. */
export class BillingStage {
  /** @param {string} url @param {string} folder */
  constructor(url, folder) {
    this.url = url;
    this.folder = folder;
    this.copies = 0;
  }

  /** @returns {Promise<BillingStage>} */
  static async open() {
    await build();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ronghe-bench-billing-'));
    process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const settings = ['max_connections=100', 'shared_buffers=1GB', 'max_wal_size=8GB'];
    const data = path.join(folder, 'postgres');
    const { url } = await acquire({ data, port: 56_460, fresh: true, settings });
    return new BillingStage(url, folder);
  }

  /** A migrated database that `fill` has filled. @param {string} name @param {(client: pg.Client) => Promise<void>} fill */
  async make(name, fill) {
    await this.sql('postgres', `create database ${name}`);
    const migrated = startChild({
      name: 'bench-migrate',
      args: [path.join(distFolder, 'apps/cli/src/main.js'), 'migrate'],
      env: this.#environment(name),
    });
    const exit = await migrated.exited;
    if (exit.code !== 0)
      throw new Failure(`${migrated.name} ${describeExit(exit)}: see below.`, {
        details: lastLines(migrated.log),
      });
    await this.withClient(name, fill);
    await this.sql(name, 'vacuum (freeze, analyze)');
  }

  /** A copy of a database, so that every run begins with the same. @param {string} name @returns {Promise<string>} */
  async copy(name) {
    const copy = `${name}_${++this.copies}`;
    await this.sql('postgres', `create database ${copy} template ${name}`);
    await this.sql('postgres', 'checkpoint');
    return copy;
  }

  /** @param {string} name */
  async drop(name) {
    await this.sql('postgres', `drop database ${name} with (force)`);
  }

  /** @param {string} database @param {string} text @param {unknown[]} [values] @returns {Promise<any[]>} */
  async sql(database, text, values) {
    return this.withClient(database, async (client) => (await client.query(text, values)).rows);
  }

  /** @template T @param {string} database @param {(client: pg.Client) => Promise<T>} work @returns {Promise<T>} */
  async withClient(database, work) {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** A suite over a database. @param {string} database */
  async serve(database) {
    const child = startChild({
      name: 'bench-suite',
      args: [...profiling(), ...heap, path.join(distFolder, 'apps/suite/src/main.js')],
      env: { ...this.#environment(database), PORT: String(port) },
    });
    await untilReady(child);
    return { pid: child.pid, stop: () => stopChild(child), log: child.log };
  }

  /** @param {string} query @param {object} [variables] @returns {Promise<any>} */
  async graphql(query, variables) {
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = /** @type {any} */ (await answer.json());
    if (errors) throw new Failure(`The suite refused: ${errors[0].message}`);
    return data;
  }

  async close() {
    await stop({ data: path.join(this.folder, 'postgres') });
  }

  #environment(/** @type {string} */ database) {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return {
      DATABASE_URL: url.href,
      RONGHE_CLOCK: 'movable',
      RONGHE_CLOCK_START: '2026-07-01T12:00:00+08:00',
      RONGHE_DATA_DIR: path.join(this.folder, 'data'),
      RONGHE_JWT_SECRET: secret,
      RONGHE_INTERNAL_TOKEN: 'internal-token-of-a-bench',
      RONGHE_IDENTITY_KEY: '0f'.repeat(32),
      LOG_LEVEL: 'fatal',
    };
  }
}

/** RONGHE_BENCH_PROFILE names a folder into which the suite writes a CPU profile when it ends. */
function profiling() {
  const folder = process.env.RONGHE_BENCH_PROFILE;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** An access token of billing staff (JWT, HS256). */
function token() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'ronghe', sub: 'bench', roles: ['billing', 'operations'], iat: now, exp: now + 3600 };
  const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
  return `${text}.${crypto.createHmac('sha256', secret).update(text).digest('base64url')}`;
}

async function untilReady(child) {
  let ended = false;
  void child.exited.then(() => (ended = true));
  for (const deadline = Date.now() + readyMs; Date.now() < deadline && !ended;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Failure('The suite did not start: see below.', { details: lastLines(child.log) });
}
