import fs from 'node:fs';
import path from 'node:path';
import { identityOf, isAlive } from '../process/identity.mjs';

/**
 * Who needs the server: a file per process. The last to leave stops it; processes that were killed do
 * not count. `kept` is the mark of somebody who started it by hand, and holds for that one run of it.
 */
const keptName = 'kept';

/** @param {import('./paths.mjs').ClusterPaths} paths */
export function enter(paths) {
  write(paths, String(process.pid), identityOf());
}

/** @param {import('./paths.mjs').ClusterPaths} paths */
export function leave(paths) {
  fs.rmSync(path.join(paths.users, String(process.pid)), { force: true });
}

/** @param {import('./paths.mjs').ClusterPaths} paths @param {import('../process/identity.mjs').ProcessIdentity} postmaster */
export function keep(paths, postmaster) {
  write(paths, keptName, { pid: postmaster.pid, started: postmaster.started });
}

/** Whether another live process, or the mark, needs the server. @param {import('./paths.mjs').ClusterPaths} paths */
export function isNeeded(paths) {
  if (!fs.existsSync(paths.users)) return false;
  return fs
    .readdirSync(paths.users)
    .some((name) => name !== String(process.pid) && isAlive(read(paths, name)));
}

/** @param {import('./paths.mjs').ClusterPaths} paths */
export function forgetUsers(paths) {
  fs.rmSync(paths.users, { recursive: true, force: true });
}

function write(paths, name, identity) {
  fs.mkdirSync(paths.users, { recursive: true });
  fs.writeFileSync(path.join(paths.users, name), JSON.stringify(identity));
}

/** @returns {import('../process/identity.mjs').ProcessIdentity | null} */
function read(paths, name) {
  try {
    return JSON.parse(fs.readFileSync(path.join(paths.users, name), 'utf8'));
  } catch {
    return null;
  }
}
