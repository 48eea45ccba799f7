import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * A process, told apart from a later one that got the same number.
 * @typedef {{ pid: number, started: string }} ProcessIdentity
 */

/**
 * When the process began, as text that only this process has under its number; null when it does
 * not run (a zombie does not).
 * @param {number} pid
 * @returns {string | null}
 */
export function startedAt(pid) {
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.stdout?.trim() || null;
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and brackets; the fields after it are proc(5)'s 3 (state) and on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${bootId()}:${fields[19]}`;
  } catch {
    return null;
  }
}

/** @returns {string} changes with each boot, since start times count from it */
function bootId() {
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** @param {number} [pid] @returns {ProcessIdentity} */
export function identityOf(pid = process.pid) {
  return { pid, started: startedAt(pid) ?? '' };
}

/** @param {ProcessIdentity | null | undefined} identity @returns {boolean} whether that very process runs */
export function isAlive(identity) {
  return Boolean(identity?.started) && startedAt(identity.pid) === identity.started;
}

/**
 * Sends a signal to a process, or with `group` to its whole process group; a process that is gone
 * is no error.
 * @param {number} pid @param {NodeJS.Signals} signal @param {{ group?: boolean }} [options]
 */
export function sendSignal(pid, signal, { group = false } = {}) {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Waits until a process is gone.
 * @param {ProcessIdentity} identity @param {number} timeoutMs
 * @returns {Promise<boolean>} false when it still runs after `timeoutMs`
 */
export async function waitUntilGone(identity, timeoutMs) {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    if (!isAlive(identity)) return true;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return !isAlive(identity);
}
