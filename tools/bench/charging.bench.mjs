import { say } from '../progress.mjs';
import { stopChild } from '../process/children.mjs';
import { ChargingStage, threadPortOf } from './charging/stage.mjs';

const fewSubscribers = 10_000;
const manySubscribers = 1_000_000;
const baselineBuckets = 20_000;
/** Who warms the server up is not measured later: the others all come for the first time while it is measured. */
const warmUpSubscribers = 10_000;
/** By then a session costs 30 us of compiling, of 300 at first (docs/adr/0011): a charging server runs for weeks. */
const warmUpSessions = 30_000;
const warmUpSecondsAtMost = 120;
const secondsEach = 6;
const firstPort = 39_100;

/** @type {import('./catalog.mjs').Bench} */
export const bench = {
  summary:
    'online charging over HTTP/1.1 against reserve and settle in plain SQL; many subscribers against few',
  defaultRuns: 5,
  options: {
    only: { type: 'string', summary: 'one part: 64, 256, hot or size' },
    seconds: { type: 'string', summary: `how long each run takes (${secondsEach})` },
    thread: {
      type: 'boolean',
      summary: 'over RONGHE_NETWORK_PORT, whose thread is meant for more than two cores',
    },
    subscribers: { type: 'string', summary: `how many are many (${manySubscribers})` },
  },
  measure,
};

/** Sides are compared over as many connections, each alone on the machine, one after the other. */
const comparisons = [
  { part: '64', clients: 64, subjects: 'all', atLeast: 0.7, p99AtMost: 40 },
  { part: '256', clients: 256, subjects: 'all', atLeast: 1, p99AtMost: null },
  { part: 'hot', clients: 64, subjects: 'one', atLeast: 2.5, p99AtMost: null },
];

/** @param {import('./catalog.mjs').BenchRequest} request */
async function measure({ runs, options, signal }) {
  const seconds = Number(options.seconds ?? secondsEach);
  const wanted = (/** @type {string} */ part) => !options.only || options.only === part;
  const stage = await ChargingStage.open();
  const measurements = [];
  try {
    say(`Making ${fewSubscribers} subscribers.`);
    await stage.fill('few', fewSubscribers + warmUpSubscribers);
    const server = await stage.serve('few', firstPort);
    const turn = { stage, runs, seconds, signal, portOf: options.thread ? threadPortOf : ownPort };
    await warmUp(turn, { database: 'few', measured: fewSubscribers, port: firstPort });
    for (const comparison of comparisons.filter(({ part }) => wanted(part)))
      measurements.push(...(await compare(turn, comparison)));
    if (wanted('size')) {
      const count = Number(options.subscribers ?? manySubscribers);
      measurements.push(...(await compareSizes(turn, count)));
    }
    await stopChild(server);
  } finally {
    await stage.close();
  }
  return measurements;
}

/** Code that has not run yet is slow: a first run that is not counted, with subscribers of its own. */
async function warmUp({ stage, portOf }, { database, measured, port }) {
  const load = { subjects: warmUpSubscribers, firstSubject: measured + 1, sessions: warmUpSessions };
  const options = { ...load, clients: 64, seconds: warmUpSecondsAtMost, run: 0 };
  const seen = await stage.run({ side: 'ours', port: portOf(port), ...options });
  await stage.settle(database);
  say(`Warmed up by ${seen.all} sessions of other subscribers.`);
}

/** Where the process itself serves network functions. */
const ownPort = (/** @type {number} */ port) => port;

async function compare(
  { stage, runs, seconds, signal, portOf },
  { part, clients, subjects, atLeast, p99AtMost },
) {
  const ratios = [];
  const rates = { ours: [], baseline: [] };
  const p99s = [];
  for (let run = 1; run <= runs; run++) {
    signal.throwIfAborted();
    const count = (/** @type {number} */ all) => (subjects === 'one' ? 1 : all);
    const sides = {
      baseline: () => stage.run({ side: 'baseline', clients, seconds, subjects: count(baselineBuckets) }),
      ours: async () => {
        const load = { clients, seconds, subjects: count(fewSubscribers), run: `${part}-${run}` };
        const seen = await stage.run({ side: 'ours', port: portOf(firstPort), ...load });
        await stage.settle('few');
        return seen;
      },
    };
    const order = run % 2 === 1 ? ['baseline', 'ours'] : ['ours', 'baseline'];
    const seen = {};
    for (const side of order) seen[side] = await sides[side]();
    rates.ours.push(seen.ours.perSecond);
    rates.baseline.push(seen.baseline.perSecond);
    ratios.push(seen.ours.perSecond / seen.baseline.perSecond);
    p99s.push(seen.ours.p99Ms);
    say(
      `${part}: ${Math.round(seen.ours.perSecond)}/s against ${Math.round(seen.baseline.perSecond)}/s, ` +
        `median ${seen.ours.medianMs.toFixed(1)} ms, p99 ${seen.ours.p99Ms.toFixed(1)} ms`,
    );
  }
  return [
    { name: `online-${part}-ratio`, unit: 'x', atLeast, runs: ratios },
    { name: `online-${part}-sessions`, unit: '/s', runs: rates.ours },
    { name: `online-${part}-baseline-sessions`, unit: '/s', runs: rates.baseline },
    {
      name: `online-${part}-p99`,
      unit: 'ms',
      ...(p99AtMost === null ? {} : { atMost: p99AtMost }),
      runs: p99s,
    },
  ];
}

/** The same load over few and over many subscribers, by a server each. */
async function compareSizes(turn, count) {
  const { stage, runs, seconds, signal, portOf } = turn;
  say(`Making ${count} subscribers with five buckets each.`);
  await stage.fill('many', count + warmUpSubscribers);
  const port = firstPort + 2;
  const server = await stage.serve('many', port);
  const clients = 64;
  await warmUp(turn, { database: 'many', measured: count, port });
  const ours = (/** @type {number} */ at, /** @type {object} */ load) =>
    stage.run({ side: 'ours', port: portOf(at), clients, seconds, ...load });
  const medians = [];
  const p99s = [];
  for (let run = 1; run <= runs; run++) {
    signal.throwIfAborted();
    const few = await ours(firstPort, { subjects: fewSubscribers, run: `few-${run}` });
    await stage.settle('few');
    const many = await ours(port, { subjects: count, run: `many-${run}` });
    await stage.settle('many');
    medians.push(many.medianMs / few.medianMs);
    p99s.push(many.p99Ms / few.p99Ms);
    say(
      `${count}: median ${many.medianMs.toFixed(1)} against ${few.medianMs.toFixed(1)} ms, ` +
        `p99 ${many.p99Ms.toFixed(1)} against ${few.p99Ms.toFixed(1)} ms`,
    );
  }
  await stopChild(server);
  return [
    { name: 'online-many-median', unit: 'x', atMost: 1.5, runs: medians },
    { name: 'online-many-p99', unit: 'x', atMost: 2, runs: p99s },
  ];
}
