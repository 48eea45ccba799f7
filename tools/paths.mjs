import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.mjs';

/** The clone's root folder. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Locks of what changes the clone itself lie here, whatever RONGHE_DATA_DIR says. */
export const cloneFolder = path.join(root, '.ronghe');
/** Everything that running leaves behind: data, secrets, logs. */
export const stateFolder = path.resolve(root, process.env.RONGHE_DATA_DIR || '.ronghe');
export const logFolder = path.join(stateFolder, 'logs');
export const runFolder = path.join(stateFolder, 'run');
export const distFolder = path.join(root, 'dist');

/**
 * Makes a folder with its parents.
 * @param {string} folder
 * @throws {Failure} where it may not be written
 */
export function makeFolder(folder) {
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (cause) {
    throw new Failure(`Cannot write to ${folder}: run as the user who owns it, or make it writable.`, {
      cause,
    });
  }
}

/** The last lines of a log, or '' where there is none. @param {string} file @param {number} [count] */
export function lastLines(file, count = 15) {
  try {
    return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
