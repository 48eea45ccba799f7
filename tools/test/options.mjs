import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { root } from '../paths.mjs';
import { suites } from './suites.mjs';

export const usage = `npm test [-- OPTIONS]                 lint, types, unit, integration, scenario, a few seeds of each fault
npm run test:conformance [-- OPTIONS] against the TM Forum and 3GPP definitions
npm run test:faults [-- OPTIONS]      every fault with many seeds (how many: RONGHE_FAULT_SEEDS)
npm run test:redis [-- OPTIONS]       with job queues on Redis

  --only STAGE[,STAGE]   these stages alone
  --definitions DIR      for conformance: the folder with tmf/ and 3gpp/ (default ../shared)
  --help                 this text
  anything else          goes to Jest: a path, -t NAME, …

TEST_DATABASE_URL names another PostgreSQL (a superuser's URL) than the embedded one.`;

/**
 * @typedef {{ suite: string, stages: import('./suites.mjs').Stage[], definitions: string | null, jest: string[], help: boolean }} TestOptions
 */

/** @param {string[]} argv @returns {TestOptions} @throws {Failure} */
export function readOptions(argv) {
  const rest = [...argv];
  const suite = rest[0] && Object.hasOwn(suites, rest[0]) ? /** @type {string} */ (rest.shift()) : '';
  const take = (/** @type {string} */ name) => {
    const at = rest.findIndex((text) => text === name || text.startsWith(`${name}=`));
    if (at < 0) return null;
    const [option] = rest.splice(at, 1);
    const value = option.includes('=') ? option.slice(name.length + 1) : rest.splice(at, 1)[0];
    if (!value) throw new Failure(`${name} needs a value.`, { details: usage });
    return value;
  };
  const only = take('--only')?.split(',') ?? null;
  const named = take('--definitions');
  const names = suites[suite].map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown) throw new Failure(`There is no stage ${unknown}: choose among ${names.join(', ')}.`);
  const help = rest.includes('--help');
  return {
    suite,
    stages: suites[suite].filter(({ name }) => !only || only.includes(name)),
    definitions: suite === 'conformance' && !help ? findDefinitions(named) : null,
    jest: rest.filter((text) => text !== '--'),
    help,
  };
}

/** They are not ours to copy, so they may be absent; a suite that skipped them would tell nothing. */
function findDefinitions(/** @type {string | null} */ named) {
  const folder = path.resolve(root, named ?? '../shared');
  if (fs.existsSync(path.join(folder, 'tmf'))) return folder;
  throw new Failure(
    `The conformance suite found no TM Forum definitions in ${folder}: name their folder with --definitions DIR.`,
  );
}
