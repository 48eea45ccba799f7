import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root, runFolder } from '../paths.mjs';
import { startChild, stopChild } from '../process/children.mjs';
import { step } from '../progress.mjs';

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, ms: number, failures: string[] }} Result */

/** What is told of a failed test once more at the end: its message, not all that it printed. */
const failureLines = 25;

/** A stage that takes longer hangs. */
const limitMs = 40 * 60_000;

/**
 * Runs one stage; its output goes to the terminal.
 * @param {import('./suites.mjs').Stage} stage
 * @param {{ env: NodeJS.ProcessEnv, jest: string[] }} options `jest`: further arguments for it
 * @returns {Promise<Result>}
 */
export async function runStage(stage, { env, jest }) {
  const began = performance.now();
  const counts = stage.check
    ? await runCheck(stage.name, stage.check, env)
    : await runJest(/** @type {string} */ (stage.project), { env, jest, workers: stage.workers ?? 1 });
  return { name: stage.name, ...counts, ms: performance.now() - began };
}

/** @returns {Promise<boolean>} whether the program ended well and in time */
async function succeeds(name, args, env) {
  const child = startChild({ name: `test-${name}`, args, env, output: 'terminal' });
  const timer = setTimeout(() => {
    console.error(`${name} has not ended after ${limitMs / 60_000} minutes and is stopped.`);
    void stopChild(child);
  }, limitMs);
  const { code } = await step(name, () => child.exited);
  clearTimeout(timer);
  return code === 0;
}

async function runCheck(name, args, env) {
  const passed = await succeeds(name, args, env);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, failures: passed ? [] : [name] };
}

/** Counts from Jest's own report; a test file that did not even load is one failure. */
async function runJest(project, { env, jest, workers }) {
  const report = path.join(runFolder, `jest-${project}-${process.pid}.report`);
  const args = [
    path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    ...['--selectProjects', project, '--passWithNoTests', '--json', `--outputFile=${report}`],
    ...(jest.some((text) => /^(-w|-i|--maxWorkers|--runInBand)/.test(text))
      ? []
      : [`--maxWorkers=${workers}`]),
    ...jest,
  ];
  const passed = await succeeds(project, args, { ...env, NODE_ENV: 'test' });
  const counts = readReport(report);
  // A failure that no test accounts for (a bad configuration, a crash of Jest) still is one.
  return !passed && counts.failed === 0
    ? { ...counts, failed: 1, failures: [`${project}: Jest ended badly`] }
    : counts;
}

function readReport(file) {
  if (!fs.existsSync(file)) return { passed: 0, failed: 0, skipped: 0, failures: [] };
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.rmSync(file);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(failuresOf),
  };
}

/** Each failed test of a file with its message; the file's own where it did not load. */
function failuresOf({ name, message, status, assertionResults }) {
  const file = path.relative(root, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [beginningOf(`${file}\n${message}`)];
  return failed.map((test) => beginningOf(`${file} › ${test.fullName}\n${test.failureMessages.join('\n')}`));
}

function beginningOf(text) {
  const isOurs = (/** @type {string} */ line) => !/^\s+at .*(node_modules|node:internal)/.test(line);
  return stripVTControlCharacters(text).split('\n').filter(isOurs).slice(0, failureLines).join('\n');
}

/** @param {Result[]} results @returns {string} the table that closes a run */
export function tableOf(results) {
  const row = (/** @type {(string | number)[]} */ [name, ...cells]) =>
    String(name).padEnd(14) + cells.map((cell) => String(cell).padStart(9)).join('');
  const time = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;
  return [
    row(['stage', 'passed', 'failed', 'skipped', 'time']),
    ...results.map(({ name, passed, failed, skipped, ms }) => row([name, passed, failed, skipped, time(ms)])),
    `on ${os.cpus().length} cores, Node.js ${process.versions.node}`,
  ].join('\n');
}
