import fs from 'node:fs';
import path from 'node:path';
import { identityOf, isAlive, sendSignal, startedAt, waitUntilGone } from '../process/identity.mjs';

/**
 * The server's main process, as its postmaster.pid tells.
 * @typedef {import('../process/identity.mjs').ProcessIdentity & { port: number, state: string }} Postmaster
 * `state`: starting, ready, stopping
 */

/**
 * The live server of a data folder; null when none runs (the pid file may be there all the same).
 * @param {string} data
 * @returns {Postmaster | null}
 */
export function runningPostmaster(data) {
  let lines;
  try {
    lines = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!(pid > 0) || !worksIn(pid, data)) return null;
  return { ...identityOf(pid), port: Number(lines[3]), state: (lines[7] ?? '').trim() };
}

/**
 * Whether the process is a PostgreSQL of this folder: each of them works in its data folder.
 * @param {number} pid @param {string} data
 */
function worksIn(pid, data) {
  const started = startedAt(pid);
  if (process.platform !== 'linux' || !started) return Boolean(started);
  try {
    const isPostgres = path.basename(fs.readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres');
    return isPostgres && fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(data);
  } catch {
    return false;
  }
}

/**
 * Makes a data folder startable after a crash. Server processes whose main process was killed end by
 * themselves within moments; only when none is left may the pid file go, for it is what keeps a second
 * server from writing beside them.
 * @param {string} data
 */
export async function clearAfterCrash(data) {
  const pidFile = path.join(data, 'postmaster.pid');
  if (!fs.existsSync(pidFile)) return;
  for (const orphan of serverProcesses(data)) {
    if (await waitUntilGone(orphan, 5_000)) continue;
    if (isAlive(orphan)) sendSignal(orphan.pid, 'SIGKILL');
    await waitUntilGone(orphan, 5_000);
  }
  fs.rmSync(pidFile, { force: true });
}

/** @param {string} data @returns {import('../process/identity.mjs').ProcessIdentity[]} */
function serverProcesses(data) {
  if (process.platform !== 'linux') return [];
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && worksIn(Number(name), data))
    .map((name) => identityOf(Number(name)));
}

/**
 * Stops a server: open sessions are cut and everything is written; after 30 s without that.
 * @param {Postmaster} postmaster
 * @returns {Promise<boolean>} whether it is gone
 */
export async function stopPostmaster(postmaster) {
  for (const [signal, patienceMs] of /** @type {const} */ ([
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ])) {
    if (isAlive(postmaster)) sendSignal(postmaster.pid, signal);
    if (await waitUntilGone(postmaster, patienceMs)) return true;
  }
  return false;
}
