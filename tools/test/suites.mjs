import fs from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';
import { faultData, testData } from '../postgres/settings.mjs';

/**
 * One line of the table at the end.
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} [check] a program of its own (arguments of node); counts as one test
 * @property {string} [project] a Jest project, the kind that a file suffix names
 * @property {number} [workers] Jest's
 * @property {string} [database] the data folder of the PostgreSQL that it needs
 * @property {NodeJS.ProcessEnv} [env]
 */

/** Seeds per fault in `npm test`; `npm run test:faults` tries this many. */
const fewSeeds = '2';
const manySeeds = process.env.RONGHE_FAULT_SEEDS || '20';

const inModules = (/** @type {string[]} */ ...parts) => path.join(root, 'node_modules', ...parts);

/** @type {Stage[]} */
const everyday = [
  { name: 'lint', check: [inModules('eslint', 'bin', 'eslint.js'), '.'] },
  { name: 'types', check: [inModules('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'generated', check: [path.join(root, 'tools', 'generate.mjs'), '--check'] },
  { name: 'unit', project: 'unit', workers: 2 },
  { name: 'integration', project: 'integration', workers: 2, database: testData },
  { name: 'scenario', project: 'scenario', workers: 2, database: testData },
  {
    name: 'faults',
    project: 'faults',
    workers: 2,
    database: faultData,
    env: { RONGHE_FAULT_SEEDS: fewSeeds },
  },
];

/** Suites by name; '' is plain `npm test`. @type {Record<string, Stage[]>} */
export const suites = {
  '': everyday.filter(
    ({ check }) => !check || fs.existsSync(check[0]) || !check[0].startsWith(path.join(root, 'tools')),
  ),
  conformance: [{ name: 'conformance', project: 'conformance', workers: 1, database: testData }],
  // Power cuts are what faults are about: their PostgreSQL writes through to the disk.
  faults: [
    {
      name: 'faults',
      project: 'faults',
      workers: 2,
      database: faultData,
      env: { RONGHE_FAULT_SEEDS: manySeeds },
    },
  ],
  redis: [{ name: 'redis', project: 'redis', workers: 1, database: testData }],
};
