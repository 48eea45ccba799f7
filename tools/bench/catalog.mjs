import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A bench is a file NAME.bench.mjs in this folder that exports this.
 * @typedef {object} Bench
 * @property {string} summary one line for the list of benches
 * @property {number} defaultRuns
 * @property {Record<string, { type: 'boolean' | 'string', summary: string }>} [options] its own, beside --runs and --json
 * @property {(request: BenchRequest) => Promise<import('./figures.mjs').Measurement[]>} measure
 *
 * @typedef {object} BenchRequest
 * @property {number} runs how often each figure is to be taken
 * @property {Record<string, string | boolean | undefined>} options
 * @property {AbortSignal} signal aborted when nobody waits for the figures any more
 */

const folder = path.dirname(fileURLToPath(import.meta.url));
const suffix = '.bench.mjs';

/** @returns {string[]} names, sorted */
export function benchNames() {
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(suffix));
  return files.map((file) => file.slice(0, -suffix.length)).sort();
}

/** @param {string} name one of benchNames @returns {Promise<Bench>} */
export async function loadBench(name) {
  const { bench } = await import(`./${name}${suffix}`);
  return bench;
}
