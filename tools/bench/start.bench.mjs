import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { say } from '../progress.mjs';
import { hasLocalChanges } from './machine.mjs';
import { ProductClone } from './product-clone.mjs';

/** What `npm start` prints once the first bill and the demonstration's summary stand on the screen. */
const billPrinted = 'The demonstration is complete.';
const isUp = 'Ronghe is running.';
const laterStartsPerRun = 3;

/** @type {import('./catalog.mjs').Bench} */
export const bench = {
  summary: 'from a clone to the first bill, later starts, memory after the journey',
  defaultRuns: 1,
  options: { 'with-test': { type: 'boolean', summary: 'also how long `npm test` takes (minutes)' } },
  measure,
};

/** @param {import('./catalog.mjs').BenchRequest} request */
async function measure({ runs, options, signal }) {
  if (hasLocalChanges()) say('Changes that are not committed are not measured: the clone is of HEAD.');
  await warmCache(signal);
  const taken = { bill: [], later: [], memory: [], test: [] };
  for (let run = 1; run <= runs; run++) {
    say(`Run ${run} of ${runs}.`);
    await measureClone(taken, Boolean(options['with-test']), signal);
  }
  return [
    { name: 'clone-to-bill', unit: 's', atMost: 180, runs: taken.bill },
    { name: 'later-start-to-ready', unit: 's', atMost: 15, runs: taken.later },
    { name: 'memory-after-journey', unit: 'MB', atMost: 700, runs: taken.memory },
    ...(options['with-test'] ? [{ name: 'npm-test', unit: 's', atMost: 900, runs: taken.test }] : []),
  ];
}

/** Installs once, so that every package of the lock file lies in npm's cache. @param {AbortSignal} signal */
async function warmCache(signal) {
  const clone = new ProductClone();
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  await clone.untilEnded(clone.npm(args), { label: 'Warming npm’s cache', signal });
  await clone.remove();
}

/** @param {Record<'bill' | 'later' | 'memory' | 'test', number[]>} taken */
async function measureClone(taken, withTest, signal) {
  const began = performance.now();
  const clone = new ProductClone();
  await firstStart(clone, began, taken, signal);
  for (let count = 0; count < laterStartsPerRun; count++) taken.later.push(await laterStart(clone, signal));
  if (withTest) taken.test.push(await testRun(clone, signal));
  await clone.remove();
}

async function firstStart(clone, began, taken, signal) {
  const report = path.join(clone.folder, 'r.json');
  const start = clone.npm(['start', '--', '--report', report]);
  await clone.untilPrinted(start, billPrinted, { label: 'First start', signal });
  taken.bill.push((performance.now() - began) / 1000);
  await clone.untilPrinted(start, isUp, { label: 'First start', signal });
  taken.memory.push(clone.memoryBytes() / 1e6);
  await clone.stop(start);
  if (!JSON.parse(fs.readFileSync(report, 'utf8')).ok)
    throw new Failure('The demonstration reports that it did not succeed: no figure is taken from it.');
}

/** @returns {Promise<number>} seconds until it is ready */
async function laterStart(clone, signal) {
  const began = performance.now();
  const start = clone.npm(['start', '--', '--no-demo']);
  await clone.untilPrinted(start, isUp, { label: 'Later start', signal });
  const seconds = (performance.now() - began) / 1000;
  await clone.stop(start);
  return seconds;
}

/** @returns {Promise<number>} seconds */
async function testRun(clone, signal) {
  const began = performance.now();
  await clone.untilEnded(clone.npm(['test']), { label: 'npm test', signal });
  return (performance.now() - began) / 1000;
}
