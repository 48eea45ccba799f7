import path from 'node:path';
import { createRequire } from 'node:module';
import { build } from '../bootstrap/compile.mjs';
import { say, step } from '../progress.mjs';
import { loadOf } from './rating-load.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const mixedGroups = 1_000;
const zonedGroups = 500;
const passes = 5;
const few = 10;
const many = 50_000;

/** @type {import('./catalog.mjs').Bench} */
export const bench = {
  summary:
    'the engine alone: events a second on one core, a large zone plan against a small one, rating again',
  defaultRuns: 5,
  measure,
};

/** @param {import('./catalog.mjs').BenchRequest} request */
async function measure({ runs, signal }) {
  await step('Compiling', build);
  const require = createRequire(path.join(root, 'dist/'));
  const engine = require('@ronghe/rating');
  const kernel = require('@ronghe/kernel');
  const mixed = loadOf(engine, kernel, { groups: mixedGroups, prefixes: null });
  const small = loadOf(engine, kernel, { groups: zonedGroups, prefixes: few });
  const large = loadOf(engine, kernel, { groups: zonedGroups, prefixes: many });
  const taken = { mixed: [], again: [], small: [], large: [], ratio: [] };
  for (const load of [mixed, small, large]) rate(engine, load);
  for (let run = 1; run <= runs; run++) {
    signal.throwIfAborted();
    say(`Run ${run} of ${runs}.`);
    taken.mixed.push(perSecond(mixed, () => rate(engine, mixed)));
    taken.again.push(perSecond(mixed, () => rateAgain(engine, mixed)));
    // Sides alternated: small and large see the same machine.
    const [smallRate, largeRate] = alternate(engine, small, large);
    taken.small.push(smallRate);
    taken.large.push(largeRate);
    taken.ratio.push(smallRate / largeRate);
  }
  return [
    { name: 'rated-events', unit: '/s', atLeast: 1_000_000, runs: taken.mixed },
    { name: 'rated-again-events', unit: '/s', runs: taken.again },
    { name: `calls-by-${few}-prefixes`, unit: '/s', runs: taken.small },
    { name: `calls-by-${many}-prefixes`, unit: '/s', runs: taken.large },
    { name: `cost-of-${many}-prefixes`, unit: 'x', atMost: 1.5, runs: taken.ratio },
  ];
}

/** Usage as a batch rates it: a meter for each card group, plans looked up for each event. */
function rate(engine, { groups, planOf }) {
  const plans = new engine.UsagePlanCache();
  let charged = 0n;
  for (const group of groups) {
    const meter = new engine.UsageMeter(engine.openState(group.grants));
    for (const event of group.events) {
      const { productId, usageClass, usedAt } = event;
      const plan = plans.planOf(productId, usageClass, usedAt, () => planOf(group, event));
      charged += meter.rate(event, plan).amount;
    }
    charged += BigInt(meter.state().buckets.length);
  }
  return charged;
}

/** Everything of a card group and period, sorted and rated from its opening. */
function rateAgain(engine, { groups, planOf }) {
  const plans = new engine.UsagePlanCache();
  for (const group of groups) {
    engine.ratePeriod(engine.openState(group.grants), group.events, (event) =>
      plans.planOf(event.productId, event.usageClass, event.usedAt, () => planOf(group, event)),
    );
  }
}

/**
 * Seconds that the processor has worked for this process, collecting garbage on other cores included: what one core does
 * in a second, whoever else uses the machine.
 */
function workedSeconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function perSecond({ count }, work) {
  let spent = 0;
  for (let pass = 0; pass < passes; pass++) spent += workedSeconds(work);
  return (count * passes) / spent;
}

function alternate(engine, small, large) {
  const spent = [0, 0];
  for (let pass = 0; pass < passes; pass++) {
    for (const [index, load] of [small, large].entries()) {
      spent[index] += workedSeconds(() => rate(engine, load));
    }
  }
  return [small, large].map(({ count }, index) => (count * passes) / spent[index]);
}
