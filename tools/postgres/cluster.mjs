import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { waitUntilGone } from '../process/identity.mjs';
import { withLock } from '../process/lock.mjs';
import { accountFor } from './account.mjs';
import { readyBinaries } from './binaries.mjs';
import { prepareDataFolder } from './data-folder.mjs';
import { launch } from './launch.mjs';
import { clusterPaths } from './paths.mjs';
import { clearAfterCrash, runningPostmaster, stopPostmaster } from './postmaster.mjs';
import { enter, forgetUsers, isNeeded, keep, leave } from './users.mjs';

/**
 * The embedded PostgreSQL of a data folder. Several processes may use it: each acquires and releases
 * it, the last one stops it, and what was left by a kill -9 is adopted.
 * @typedef {object} Server
 * @property {string} url superuser's, database `postgres`
 * @property {import('./postmaster.mjs').Postmaster} postmaster
 * @property {boolean} adopted it was running already
 * @property {string} log
 */

/**
 * @param {object} options
 * @param {string} options.data folder
 * @param {number} options.port wanted; the next free one is taken
 * @param {boolean} [options.durable] false: faster, loses data on a power cut
 * @param {boolean} [options.fresh] begin with an empty server, unless somebody else uses it now
 * @param {string[]} [options.settings] of the server, NAME=VALUE, where it is started here
 * @param {boolean} [options.keepRunning] until it is stopped by name, not until the last user leaves
 * @returns {Promise<Server>}
 * @throws {Failure} with what to do, when the folder or the machine does not allow it
 */
export function acquire({ data, port, durable = true, fresh = false, settings = [], keepRunning = false }) {
  const paths = clusterPaths(data);
  return withLock(paths.lock, async () => {
    const native = readyBinaries();
    if (fresh && !isNeeded(paths)) await remove(paths);
    const account = accountFor(paths, native);
    const adopted = await settled(account.data);
    if (!adopted) {
      forgetUsers(paths);
      if (fs.existsSync(account.data)) await clearAfterCrash(account.data);
      prepareDataFolder(paths, account, { durable });
    }
    const postmaster = adopted ?? (await launch(paths, account, { firstPort: port, durable, settings }));
    if (keepRunning) keep(paths, postmaster);
    else enter(paths);
    return { url: urlOf(paths, postmaster.port), postmaster, adopted: adopted !== null, log: paths.log };
  });
}

/** A server that is ready, after waiting for one that starts or stops; null when none runs. */
async function settled(data) {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline;) {
    const found = runningPostmaster(data);
    if (!found || found.state === 'ready') return found;
    await waitUntilGone(found, 200);
  }
  throw new Failure(`The PostgreSQL of ${data} neither gets ready nor ends: stop it, then try again.`);
}

/** Says that this process needs the server no more; the last one stops it. @param {{ data: string }} options */
export function release({ data }) {
  const paths = clusterPaths(data);
  return withLock(paths.lock, async () => {
    leave(paths);
    if (!isNeeded(paths)) await stopRunning(paths);
  });
}

/**
 * Stops the server whoever uses it.
 * @param {{ data: string }} options
 * @returns {Promise<boolean>} false when none ran
 */
export function stop({ data }) {
  const paths = clusterPaths(data);
  return withLock(paths.lock, () => stopRunning(paths));
}

/** @param {{ data: string }} options @returns {{ url: string, port: number, pid: number } | null} */
export function status({ data }) {
  const paths = clusterPaths(data);
  const found = runningPostmaster(paths.data);
  return found && { url: urlOf(paths, found.port), port: found.port, pid: found.pid };
}

async function stopRunning(paths) {
  const postmaster = runningPostmaster(paths.data);
  if (postmaster && !(await stopPostmaster(postmaster)))
    throw new Failure(
      `PostgreSQL (process ${postmaster.pid}) does not end: kill it, the next start recovers its data.`,
    );
  forgetUsers(paths);
  return postmaster !== null;
}

/** What tells a data folder, also a damaged one, from a folder that was named by mistake. */
const dataFolderMarks = ['PG_VERSION', 'global', 'base', 'pg_wal'];

/** Removes data and password, for a new beginning. */
async function remove(paths) {
  await stopRunning(paths);
  const content = fs.existsSync(paths.data) ? fs.readdirSync(paths.data) : [];
  if (content.length > 0 && !content.some((name) => dataFolderMarks.includes(name)))
    throw new Failure(
      `${paths.data} is no PostgreSQL data folder and is left alone: name another with RONGHE_DATA_DIR.`,
    );
  const link = fs.lstatSync(paths.data, { throwIfNoEntry: false });
  if (link?.isSymbolicLink()) {
    fs.rmSync(path.resolve(path.dirname(paths.data), fs.readlinkSync(paths.data)), {
      recursive: true,
      force: true,
    });
  }
  for (const file of [paths.data, `${paths.data}.new`, paths.password])
    fs.rmSync(file, { recursive: true, force: true });
}

function urlOf(paths, port) {
  const password = fs.readFileSync(paths.password, 'utf8').trim();
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}
