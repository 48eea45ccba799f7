import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { makeFolder } from '../paths.mjs';
import { copyBinaries } from './binaries.mjs';

/**
 * Under whom PostgreSQL runs, since it refuses to run as root.
 * @typedef {object} Account
 * @property {string} native the binaries, readable by the account
 * @property {string} data the real data folder (the cluster's own path may be a link to it)
 * @property {string[]} prefix a command to put before each program
 * @property {number} owner the user that files of the data folder belong to
 * @property {{ uid?: number, gid?: number }} ids for child_process
 */

/** The user without rights, for root where user namespaces are not allowed. */
const nobody = 65534;

/**
 * Ordinary users run PostgreSQL themselves. For root it runs in a user namespace, where root's files
 * appear as an ordinary user's (works below a folder that only root can read); where that is not
 * allowed, as user 65534 with binaries and data in /var/tmp, and a link at the usual place. A user
 * without a name (a container's `--user 1234`) gets the namespace too, since initdb wants a name.
 * @param {import('./paths.mjs').ClusterPaths} paths
 * @param {string} native
 * @returns {Account}
 */
export function accountFor(paths, native) {
  const uid = process.getuid?.() ?? 0;
  makeFolder(path.dirname(paths.data));
  const direct = { native, data: paths.data, prefix: [], owner: uid, ids: {} };
  if (uid !== 0 && hasName()) return direct;
  const linked = fs.lstatSync(paths.data, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  const prefix = namespacePrefix();
  if (!linked && canUse(prefix, paths, native)) return { ...direct, prefix };
  if (uid !== 0) return direct;
  const inPlace = linked ? undefined : fs.statSync(paths.data, { throwIfNoEntry: false });
  if (inPlace && inPlace.uid !== 0) throw foreignFolder(paths, inPlace.uid);
  if (inPlace)
    throw new Failure(
      `The data folder ${paths.data} was made with user namespaces (unshare), which are not allowed here now: ` +
        'allow them, or begin anew with --fresh.',
    );
  return accountOfNobody(paths, native);
}

/** @param {import('./paths.mjs').ClusterPaths} paths @param {number} uid whose it is */
export function foreignFolder(paths, uid) {
  return new Failure(
    `The data folder ${paths.data} belongs to another user (uid ${uid}): run as that user, ` +
      'or choose another folder with RONGHE_DATA_DIR.',
  );
}

/** Whether the system knows the user's name. */
function hasName() {
  try {
    return os.userInfo().username !== '';
  } catch {
    return false;
  }
}

/** The command that makes a namespace in which the caller appears as an ordinary user with a name. */
function namespacePrefix() {
  const accounts = fs.existsSync('/etc/passwd') ? fs.readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  const users = accounts.map((line) => Number(line.split(':')[2] || 0));
  // 65534 is also what every foreign user's files appear as inside.
  const uid = users.find((user) => user > 0 && user < nobody) ?? 1;
  return ['unshare', '--user', `--map-user=${uid}`, `--map-group=${uid}`, '--'];
}

/** Tries exactly what is needed: run the binary, write beside the data. */
function canUse(prefix, paths, native) {
  if (process.env.RONGHE_NO_UNSHARE) return false;
  const succeeds = (/** @type {string[]} */ command) =>
    spawnSync(prefix[0], [...prefix.slice(1), ...command], { cwd: '/', stdio: 'ignore' }).status === 0;
  return (
    succeeds([path.join(native, 'bin', 'postgres'), '--version']) &&
    succeeds(['test', '-w', path.dirname(paths.data)])
  );
}

/** @returns {Account} */
function accountOfNobody(paths, native) {
  const name = crypto.createHash('sha256').update(paths.data).digest('hex').slice(0, 12);
  const base = path.join('/var/tmp', `ronghe-postgres-${name}`);
  fs.mkdirSync(base, { recursive: true, mode: 0o755 });
  const found = fs.lstatSync(base);
  // /var/tmp is everybody's: a folder or link that another user laid there is not followed.
  if (!found.isDirectory() || found.uid !== 0)
    throw new Failure(`${base} is not root's own folder: remove it.`);
  fs.chmodSync(base, 0o755);
  const binaries = path.join(base, 'binaries');
  if (!fs.existsSync(binaries)) {
    copyBinaries(native, binaries);
    spawnSync('chmod', ['-R', 'a+rX', binaries]);
  }
  const home = path.join(base, 'home');
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  fs.chownSync(home, nobody, nobody);
  const data = path.join(home, 'data');
  const link = fs.lstatSync(paths.data, { throwIfNoEntry: false });
  if (!link) fs.symlinkSync(data, paths.data);
  return { native: binaries, data, prefix: [], owner: nobody, ids: { uid: nobody, gid: nobody } };
}

/**
 * The command line and options that run one of PostgreSQL's programs under the account.
 * @param {Account} account @param {string} program @param {string[]} args
 * @returns {{ file: string, args: string[], options: { uid?: number, gid?: number, cwd: string, env: NodeJS.ProcessEnv } }}
 */
export function commandFor(account, program, args) {
  const [file, ...rest] = [...account.prefix, path.join(account.native, 'bin', program), ...args];
  // The caller's PG* variables would redirect PostgreSQL, its LANG may not exist here.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('PG')));
  return {
    file,
    args: rest,
    options: { ...account.ids, cwd: '/', env: { ...env, LC_ALL: 'C', LANG: 'C', TZ: 'UTC' } },
  };
}
