import path from 'node:path';
import { say } from '../progress.mjs';
import { proportionalSetSizeBytes } from './memory.mjs';
import { copyIn, copyOut } from './usage/copy.mjs';
import { UsageStage } from './usage/stage.mjs';
import { writeUsageFile } from './usage/usage-file.mjs';

const subscribers = 20_000;
/** So many that the tenth of it is several batches too: what a process takes once, for its first ones, is no growth. */
const manyRecords = 1_000_000;
const times = 10;
const memoryEveryMs = 50;

/** @type {import('./catalog.mjs').Bench} */
export const bench = {
  summary:
    'usage file to rated, de-duplicated and durable, against COPY of the same rows; ten times the file',
  defaultRuns: 5,
  options: { records: { type: 'string', summary: `records of the large file (${manyRecords})` } },
  measure,
};

/** @param {import('./catalog.mjs').BenchRequest} request */
async function measure({ runs, options, signal }) {
  const records = Number(options.records ?? manyRecords);
  const stage = await UsageStage.open(subscribers);
  const files = { large: path.join(stage.folder, 'large.csv'), small: path.join(stage.folder, 'small.csv') };
  writeUsageFile(files.large, { records, subscribers, seed: 1 });
  writeUsageFile(files.small, { records: Math.round(records / times), subscribers, seed: 2 });
  const taken = { ratio: [], rate: [], copyRate: [], times: [], memory: [] };
  try {
    const warm = await collect(stage, files.large, signal);
    const rows = await exported(stage, warm.database);
    await stage.drop(warm.database);
    for (let run = 1; run <= runs; run++) {
      signal.throwIfAborted();
      const seen = await oneRun(run, stage, files, rows, signal);
      taken.rate.push(records / seen.large.seconds);
      taken.copyRate.push(records / seen.copySeconds);
      taken.ratio.push(seen.copySeconds / seen.large.seconds);
      taken.times.push(seen.large.seconds / seen.small.seconds);
      taken.memory.push((seen.large.peakBytes - seen.small.peakBytes) / 1e6);
      say(
        `${Math.round(records / seen.large.seconds)}/s against ${Math.round(records / seen.copySeconds)}/s of COPY; ` +
          `${seen.large.seconds.toFixed(2)} s against ${seen.small.seconds.toFixed(2)} s for a tenth; ` +
          `peak ${Math.round(seen.large.peakBytes / 1e6)} MB against ${Math.round(seen.small.peakBytes / 1e6)} MB`,
      );
    }
  } finally {
    await stage.close();
  }
  return [
    { name: 'usage-to-copy', unit: 'x', atLeast: 0.35, runs: taken.ratio },
    { name: 'usage-records', unit: '/s', runs: taken.rate },
    { name: 'copy-records', unit: '/s', runs: taken.copyRate },
    { name: 'usage-ten-times', unit: 'x', atMost: 11, runs: taken.times },
    { name: 'usage-memory-growth', unit: 'MB', atMost: 64, runs: taken.memory },
  ];
}

/** Both sides, in alternating order. */
async function oneRun(run, stage, files, rows, signal) {
  const seen = { large: null, small: null, copySeconds: 0 };
  const sides = {
    async product() {
      for (const size of ['small', 'large']) {
        const { database, ...figures } = await collect(stage, files[size], signal);
        seen[size] = figures;
        await stage.drop(database);
      }
    },
    async copy() {
      seen.copySeconds = await load(stage, rows);
    },
  };
  for (const side of run % 2 === 1 ? ['copy', 'product'] : ['product', 'copy']) await sides[side]();
  return seen;
}

/** The product: from the first byte of the upload until all is rated and committed. */
async function collect(stage, file, signal) {
  const database = await stage.clone();
  const server = await stage.serve(database);
  signal.throwIfAborted();
  await stage.sql(database, 'checkpoint');
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, proportionalSetSizeBytes([server.pid]));
  }, memoryEveryMs);
  const began = performance.now();
  const state = await stage.deliver(file);
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  if (state.rated !== state.read) throw new Error(`only ${state.rated} of ${state.read} were rated`);
  await server.stop();
  return { database, seconds, peakBytes };
}

const tables = ['charging.rated_usage', 'charging.usage_record_key'];

/** The rows that the product made, as COPY gives them out. */
async function exported(stage, database) {
  return stage.withClient(database, async (client) => {
    const rows = new Map();
    for (const table of tables) rows.set(table, await copyOut(client, `select * from ${table}`));
    return rows;
  });
}

/** COPY alone: the same rows into the same tables with their indexes, one transaction. @returns {Promise<number>} seconds */
async function load(stage, rows) {
  const database = await stage.clone();
  await stage.sql(database, 'checkpoint');
  const seconds = await stage.withClient(database, async (client) => {
    const began = performance.now();
    await client.query('begin');
    for (const table of tables) await copyIn(client, table, rows.get(table));
    await client.query('commit');
    return (performance.now() - began) / 1000;
  });
  await stage.drop(database);
  return seconds;
}
