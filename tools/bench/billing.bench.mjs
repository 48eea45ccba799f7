import { Failure } from '../failure.mjs';
import { say } from '../progress.mjs';
import { makeAccounts, makeLargeAccount, period } from './billing/accounts.mjs';
import { insertAgain, makeTables } from './billing/finished-charges.mjs';
import { BillingStage } from './billing/stage.mjs';
import { proportionalSetSizeBytes } from './memory.mjs';

const manyAccounts = 100_000;
const largeProducts = 20_000;
const msPerHour = 3_600_000;
const pollMs = 250;
/** Between two previews while a run goes on. */
const previewPauseMs = 100;

/** @type {import('./catalog.mjs').Bench} */
export const bench = {
  summary: 'a bill run with its posting against plain SQL from finished charges; previews while it goes on',
  defaultRuns: 3,
  options: { accounts: { type: 'string', summary: `how many are many (${manyAccounts})` } },
  measure,
};

/** @param {import('./catalog.mjs').BenchRequest} request */
async function measure({ runs, options, signal }) {
  const many = Number(options.accounts ?? manyAccounts);
  const few = Math.round(many / 10);
  const stage = await BillingStage.open();
  const taken = { ratio: [], perHour: [], growth: [], memory: [], large: [], preview: [] };
  try {
    say(`Making ${few} and ${many} accounts with three products each.`);
    await stage.make('few', (client) => makeAccounts(client, few));
    await stage.make('many', (client) => makeAccounts(client, many));
    await stage.make('large', (client) => makeLargeAccount(client, largeProducts));
    for (let run = 1; run <= runs; run++) {
      signal.throwIfAborted();
      const small = await billAll(stage, { database: 'few', count: few });
      const whole = await billAll(stage, { database: 'many', count: many });
      const large = await billAll(stage, { database: 'large', count: 1 });
      const watched = await billAll(stage, { database: 'few', count: few, previews: true });
      taken.ratio.push(whole.seconds / whole.baseline);
      taken.perHour.push((many / whole.runSeconds) * (msPerHour / 1000));
      taken.growth.push(whole.seconds / small.seconds);
      taken.memory.push((whole.memory - small.memory) / 1e6);
      taken.large.push(large.seconds);
      taken.preview.push(watched.previewMs);
      say(
        `${many}: run ${whole.runSeconds.toFixed(1)} s, posted ${whole.seconds.toFixed(1)} s, plain SQL ${whole.baseline.toFixed(1)} s; ` +
          `${few}: ${small.seconds.toFixed(1)} s; one with ${largeProducts} products: ${large.seconds.toFixed(1)} s`,
      );
    }
  } finally {
    await stage.close();
  }
  return [
    { name: 'billing-against-sql', unit: 'x', atMost: 6, runs: taken.ratio },
    { name: 'billing-accounts', unit: '/h', atLeast: 2_300_000, runs: taken.perHour },
    { name: 'billing-ten-times', unit: 'x', atMost: 11, runs: taken.growth },
    { name: 'billing-memory-growth', unit: 'MB', atMost: 64, runs: taken.memory },
    { name: 'billing-large-account', unit: 's', atMost: 60, runs: taken.large },
    { name: 'billing-preview-p95', unit: 'ms', atMost: 200, runs: taken.preview },
  ];
}

/** Bills every account of a copy of a database, posts the bills, and inserts the same again by plain SQL. */
async function billAll(stage, { database, count, previews = false }) {
  const copy = await stage.copy(database);
  const suite = await stage.serve(copy);
  const began = performance.now();
  const { startBillRun } = await stage.graphql(
    `mutation ($input: StartBillRunInput!) { startBillRun(input: $input, idempotencyKey: "bench") { id } }`,
    { input: { period, billDay: 1, zone: 'Asia/Shanghai' } },
  );
  let memory = 0;
  let runSeconds = 0;
  const previewed = previews ? previewWhile(stage, count, () => runSeconds === 0) : Promise.resolve(0);
  await stage.withClient(copy, async (client) => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      memory = Math.max(memory, proportionalSetSizeBytes([suite.pid]));
      const { rows } = await client.query('select state, checks from billing.bill_run where run_id = $1', [
        startBillRun.id,
      ]);
      const [{ state, checks }] = rows;
      if (state === 'awaiting_confirmation')
        throw new Failure('The run does not confirm itself: its checks differ.', {
          details: JSON.stringify(checks, null, 2),
        });
      if (state === 'completed' && runSeconds === 0) runSeconds = (performance.now() - began) / 1000;
      if (state !== 'completed') continue;
      const posted = await client.query(
        `select count(*)::integer as count from receivables.journal_entry where kind = 'bill'`,
      );
      if (posted.rows[0].count === count) break;
    }
  });
  const seconds = (performance.now() - began) / 1000;
  const previewMs = await previewed;
  await suite.stop();
  const baseline = await stage.withClient(copy, async (client) => {
    await makeTables(client);
    await client.query('checkpoint');
    return insertAgain(client);
  });
  await stage.drop(copy);
  return { seconds, runSeconds, baseline, memory, previewMs };
}

/** Asks for previews of random accounts one after the other. @returns {Promise<number>} the 95th percentile, ms */
async function previewWhile(stage, count, isRunning) {
  const rows = await stage.sql(
    'few',
    'select account_id from billing.account order by account_id limit 1000',
  );
  const times = [];
  while (isRunning()) {
    const { account_id: accountId } = rows[Math.floor(Math.random() * rows.length)];
    const began = performance.now();
    await stage.graphql(`query ($id: ID!) { previewBill(accountId: $id, period: "${period}") { total } }`, {
      id: accountId,
    });
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, previewPauseMs));
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)] ?? 0;
}
