import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { lastLines, root } from '../paths.mjs';
import { describeExit, startChild } from '../process/children.mjs';

const modules = path.join(root, 'node_modules');
const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(modules, '.ronghe-stamp');

/** What node_modules must have been made from and for: two lines. */
function wantedStamp() {
  const hash = crypto.createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex');
  return `${hash}\n${process.version} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether node_modules fits the lock file, this Node.js and this platform. What somebody installed with
 * npm itself is taken as it is when npm's own record of it agrees with the lock file.
 * @returns {boolean}
 */
export function isInstalled() {
  const wanted = wantedStamp();
  const found = readIfThere(stampFile);
  if (found === wanted) return true;
  const isForOtherMachine = found !== null && found.split('\n')[1] !== wanted.split('\n')[1];
  if (isForOtherMachine || !agreesWithLock()) return false;
  writeStamp(wanted);
  return true;
}

/** A folder that is not ours to write is only checked again the next time. */
function writeStamp(stamp) {
  try {
    fs.writeFileSync(stampFile, stamp);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
  }
}

function agreesWithLock() {
  const recorded = readIfThere(path.join(modules, '.package-lock.json'));
  if (recorded === null) return false;
  const installed = JSON.parse(recorded).packages;
  const wanted = JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;
  const isHere = (/** @type {string} */ name) => installed[name]?.integrity === wanted[name].integrity;
  const foreign = Object.keys(wanted).filter((name) => isForeign(wanted[name]));
  const mayLack = (/** @type {string} */ name) =>
    foreign.some((other) => name === other || name.startsWith(`${other}/node_modules/`));
  return (
    Object.keys(installed).every((name) => wanted[name]) &&
    Object.keys(wanted).every((name) => name === '' || isHere(name) || mayLack(name))
  );
}

/** Whether a package is for other platforms than this. */
function isForeign({ optional, os, cpu, libc }) {
  const excludes = (/** @type {string[] | undefined} */ list, /** @type {string} */ own) =>
    list !== undefined && !list.includes(own);
  return (
    Boolean(optional) && (excludes(os, process.platform) || excludes(cpu, process.arch) || libc !== undefined)
  );
}

/** @param {string} file @returns {string | null} */
function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** How many packages lie in node_modules, for the progress line. @returns {string} */
export function installedSoFar() {
  const count = fs.existsSync(modules) ? fs.readdirSync(modules).length : 0;
  return count > 0 ? `${count} packages` : 'asking the registry';
}

/**
 * Installs exactly what the lock file says, development packages included whatever NODE_ENV says.
 * @returns {Promise<void>}
 * @throws {Failure} with npm's last lines; where node_modules is only a link
 */
export async function install() {
  // npm would empty the folder behind the link, which belongs to another clone.
  if (fs.lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Failure(
      `node_modules links to ${fs.readlinkSync(modules)}, which does not fit package-lock.json: install there, or remove the link.`,
    );
  const npm = process.env.npm_execpath;
  // Under `npm start` npm itself is known; else the one on the PATH is asked.
  const command = npm?.endsWith('npm-cli.js') ? { args: [npm] } : { file: 'npm', args: [] };
  const child = startChild({
    ...command,
    name: 'install',
    args: [...command.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
    env: { NODE_ENV: 'development' },
  });
  const exit = await child.exited;
  if (exit.code !== 0)
    throw new Failure(
      `npm ci failed (${describeExit(exit)}): mend what the lines above say (all of them: ${child.log}), and try again.`,
      { details: lastLines(child.log ?? '') },
    );
  writeStamp(wantedStamp());
}
