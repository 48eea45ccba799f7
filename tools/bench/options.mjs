import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';
import { benchNames, loadBench } from './catalog.mjs';

/**
 * @typedef {object} BenchOptions
 * @property {string} name
 * @property {import('./catalog.mjs').Bench} bench
 * @property {number} runs
 * @property {string | null} json absolute path
 * @property {Record<string, string | boolean | undefined>} own the bench's own options
 */

/**
 * @param {string[]} argv
 * @returns {Promise<BenchOptions | null>} null: only the help is wanted
 * @throws {Failure} one sentence, with the list of benches below it
 */
export async function readOptions(argv) {
  const names = benchNames();
  const name = argv.find((text) => names.includes(text)) ?? argv.find((text) => !text.startsWith('-'));
  if (argv.includes('--help')) return null;
  if (!name)
    throw new Failure('Name what to measure: the benches are listed above.', { details: await usage() });
  if (!names.includes(name))
    throw new Failure(`There is no bench ${name}: the benches are listed above.`, { details: await usage() });
  const bench = await loadBench(name);
  const { runs, json, ...own } = await parse(
    argv.filter((text) => text !== name),
    bench,
  );
  return {
    name,
    bench,
    runs: runs === undefined ? bench.defaultRuns : readRuns(runs),
    // npm changes to the clone's folder; the caller's own is what a relative name means.
    json: json ? path.resolve(process.env.INIT_CWD ?? process.cwd(), json) : null,
    own,
  };
}

/** @param {string[]} args @param {import('./catalog.mjs').Bench} bench @returns {Promise<any>} */
async function parse(args, bench) {
  const shared = { runs: { type: 'string' }, json: { type: 'string' } };
  const own = Object.fromEntries(
    Object.entries(bench.options ?? {}).map(([name, { type }]) => [name, { type }]),
  );
  try {
    return parseArgs({ args, strict: true, options: /** @type {any} */ ({ ...shared, ...own }) }).values;
  } catch (error) {
    throw new Failure(`${error.message.split('. ')[0].replace(/\.$/, '')}: the options are listed above.`, {
      details: await usage(),
    });
  }
}

/** @param {string} text */
function readRuns(text) {
  const runs = Number(text);
  if (Number.isInteger(runs) && runs >= 1 && runs <= 100) return runs;
  throw new Failure(`--runs ${text} is not a number of runs: give one from 1 to 100.`);
}

/** @returns {Promise<string>} */
export async function usage() {
  const lines = [];
  for (const name of benchNames()) {
    const { summary, defaultRuns, options } = await loadBench(name);
    lines.push(`  ${name.padEnd(14)} ${summary} (--runs ${defaultRuns})`);
    for (const [option, { summary: text }] of Object.entries(options ?? {}))
      lines.push(`    --${option.padEnd(13)}${text}`);
  }
  return `npm run bench -- NAME [OPTIONS]

Takes the figures of a bench and prints the median of the runs beside the target. The exit code is 0 whether
or not a target is met, and 1 when a figure could not be taken.

  --json FILE    write the machine and the figures as JSON
  --runs N       how often each figure is taken
  --help         this text

Benches:
${lines.join('\n')}
`;
}
