import fs from 'node:fs';
import path from 'node:path';
import { reportFailure } from '../failure.mjs';
import { killChildren, stopChildren } from '../process/children.mjs';
import { untilInterrupted } from '../process/interruption.mjs';
import { figureOf, tableOf } from './figures.mjs';
import { describeMachine } from './machine.mjs';
import { readOptions, usage } from './options.mjs';

/** @param {string[]} argv @returns {Promise<number>} exit code */
export async function main(argv) {
  try {
    const options = await readOptions(argv);
    if (!options) {
      console.log(await usage());
      return 0;
    }
    return await untilInterrupted({
      work: (signal) => takeFigures(options, signal),
      cleanUp: stopChildren,
      force: killChildren,
    });
  } catch (error) {
    return reportFailure(error);
  }
}

/** @param {import('./options.mjs').BenchOptions} options @param {AbortSignal} signal */
async function takeFigures({ bench, runs, json, own }, signal) {
  const machine = describeMachine();
  const measurements = await bench.measure({ runs, options: own, signal });
  const figures = Object.fromEntries(
    measurements.map((measurement) => [measurement.name, figureOf(measurement)]),
  );
  console.log(`\n${tableOf(figures)}`);
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node.js ${machine.node}`,
  );
  if (json) {
    fs.mkdirSync(path.dirname(json), { recursive: true });
    fs.writeFileSync(json, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
  }
  return 0;
}
