import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { commandFor, foreignFolder } from './account.mjs';

/**
 * Makes sure that the data folder can be started: initialises a missing one, and refuses what it
 * should not touch.
 * @param {import('./paths.mjs').ClusterPaths} paths
 * @param {import('./account.mjs').Account} account
 * @param {{ durable: boolean }} options
 * @throws {Failure} damaged, of another major version, of another user, without its password
 */
export function prepareDataFolder(paths, account, { durable }) {
  if (!fs.existsSync(account.data) || isEmptyFolder(account.data)) return initialise(paths, account, durable);
  const { uid } = fs.statSync(account.data);
  if (uid !== account.owner) throw foreignFolder(paths, uid);
  checkVersion(paths, account);
  if (!fs.existsSync(paths.password))
    throw new Failure(
      `The data folder ${paths.data} has lost its password file ${paths.password}: ${remedy(paths)}.`,
    );
  fs.chmodSync(account.data, 0o700);
}

/** What to do about a data folder that cannot be used. @param {import('./paths.mjs').ClusterPaths} paths */
export const remedy = (paths) => `begin anew with --fresh, or put back a copy of ${paths.data}`;

/** @param {string} folder */
function isEmptyFolder(folder) {
  return fs.statSync(folder).isDirectory() && fs.readdirSync(folder).length === 0;
}

function checkVersion(paths, account) {
  const versionFile = path.join(account.data, 'PG_VERSION');
  const found = fs.existsSync(versionFile) ? fs.readFileSync(versionFile, 'utf8').trim() : '';
  if (!/^\d+(\.\d+)?$/.test(found))
    throw new Failure(`The data folder ${paths.data} is damaged (no valid PG_VERSION): ${remedy(paths)}.`);
  const wanted = majorVersion(account);
  if (found !== wanted)
    throw new Failure(
      `The data folder ${paths.data} is of PostgreSQL ${found}, this Ronghe brings PostgreSQL ${wanted}: ` +
        'move the folder away (or dump and restore it), or begin anew with --fresh.',
    );
}

/** @param {import('./account.mjs').Account} account @returns {string} such as '18' */
function majorVersion(account) {
  const { file, args, options } = commandFor(account, 'postgres', ['--version']);
  const result = spawnSync(file, args, { ...options, encoding: 'utf8' });
  const major = /\b(\d+)(\.|beta|rc|devel)/.exec(result.stdout ?? '')?.[1];
  if (!major)
    throw new Failure(
      `The embedded PostgreSQL does not run on this machine (${(result.stderr || result.error?.message || '').trim()}): ` +
        'set DATABASE_URL to a PostgreSQL of your own.',
    );
  return major;
}

/** Initialises beside the final place and renames, so that an interrupted attempt leaves no half folder. */
function initialise(paths, account, durable) {
  majorVersion(account);
  const unfinished = `${account.data}.new`;
  const passwordCopy = `${account.data}.pw`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.rmSync(passwordCopy, { force: true });
  // Hexadecimal, so that it needs no quoting in a URL.
  if (!fs.existsSync(paths.password))
    fs.writeFileSync(paths.password, crypto.randomBytes(24).toString('hex'), { mode: 0o600 });
  fs.copyFileSync(paths.password, passwordCopy);
  fs.chownSync(
    passwordCopy,
    account.ids.uid ?? process.getuid?.() ?? 0,
    account.ids.gid ?? process.getgid?.() ?? 0,
  );
  const { file, args, options } = commandFor(account, 'initdb', [
    `--pgdata=${unfinished}`,
    `--pwfile=${passwordCopy}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ]);
  const result = spawnSync(file, args, { ...options, encoding: 'utf8' });
  fs.rmSync(passwordCopy, { force: true });
  if (result.status !== 0)
    throw new Failure(`PostgreSQL could not make its data folder ${paths.data}: look at the lines above.`, {
      details: `${result.stderr || result.error?.message}`,
    });
  if (fs.existsSync(account.data)) fs.rmdirSync(account.data);
  fs.renameSync(unfinished, account.data);
}
