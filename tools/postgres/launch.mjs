import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { Failure } from '../failure.mjs';
import { isPortFree, portsTried } from '../process/ports.mjs';
import { commandFor } from './account.mjs';
import { remedy } from './data-folder.mjs';
import { runningPostmaster } from './postmaster.mjs';

/** Recovery after a crash replays at most max_wal_size; this is generous for it. */
const startTimeoutMs = 120_000;
/** A log that has grown past this is begun anew, one predecessor is kept. */
const logLimitBytes = 10_000_000;

/** Small enough that suite, simulator and server fit in 700 MB together. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=128MB',
];
/** For tests whose data nobody misses after a power cut. */
const fastSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts the server on the first port that it gets from `firstPort` on.
 * @param {import('./paths.mjs').ClusterPaths} paths
 * @param {import('./account.mjs').Account} account
 * @param {{ firstPort: number, durable: boolean, settings?: string[] }} options `settings` as NAME=VALUE, over our own
 * @returns {Promise<import('./postmaster.mjs').Postmaster>} ready for connections
 * @throws {Failure} when the data folder cannot be started
 */
export async function launch(paths, account, { firstPort, durable, settings: more = [] }) {
  rotate(paths.log);
  for (let port = firstPort; port < firstPort + portsTried; port++) {
    if (!(await isPortFree(port))) continue;
    const outcome = await launchOn(port, paths, account, [...(durable ? [] : fastSettings), ...more]);
    if (outcome.postmaster) return outcome.postmaster;
    // Another program may have taken the port between the look and the start.
    if (/could not (bind|create any TCP\/IP sockets)/.test(outcome.log)) continue;
    throw startFailure(paths, outcome.log);
  }
  throw new Failure(
    `PostgreSQL found no free port from ${firstPort} to ${firstPort + portsTried - 1}: free one of them.`,
  );
}

/** @returns {Promise<{ postmaster?: import('./postmaster.mjs').Postmaster, log: string }>} */
async function launchOn(port, paths, account, more) {
  const flags = [...settings, ...more].flatMap((setting) => ['-c', setting]);
  const command = commandFor(account, 'postgres', ['-D', account.data, '-p', String(port), ...flags]);
  const output = fs.openSync(paths.log, 'a', 0o600);
  const logStart = fs.fstatSync(output).size;
  // Its own session: a Ctrl-C in the terminal must not reach it before those who use it.
  const child = spawn(command.file, command.args, {
    ...command.options,
    detached: true,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const log = () => fs.readFileSync(paths.log).subarray(logStart).toString('utf8');
  for (const deadline = Date.now() + startTimeoutMs; !ended;) {
    const postmaster = runningPostmaster(account.data);
    if (postmaster?.pid === child.pid && postmaster.state === 'ready') return { postmaster, log: '' };
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      return { log: `${log()}\nFATAL:  not ready after ${startTimeoutMs / 1000} s` };
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return { log: log() };
}

/** @param {import('./paths.mjs').ClusterPaths} paths @param {string} log */
function startFailure(paths, log) {
  const lines = log.trim().split('\n');
  const reason = lines.find((line) => /(PANIC|FATAL): /.test(line)) ?? lines.at(-1) ?? '';
  const text = reason.replace(/^.*?(PANIC|FATAL):\s*/, '');
  if (/No space left/.test(log))
    return new Failure(`PostgreSQL could not start, the disk is full (${text}): free some space.`);
  return new Failure(
    `The data folder ${paths.data} is damaged (PostgreSQL says: ${text}; more in ${paths.log}): ${remedy(paths)}.`,
  );
}

/** @param {string} file */
function rotate(file) {
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes)
    fs.renameSync(file, `${file}.1`);
}
