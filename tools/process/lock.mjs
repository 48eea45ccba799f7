import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../paths.mjs';
import { identityOf, isAlive } from './identity.mjs';

/** A lock file without content for longer than this was left by a process that died while writing it. */
const emptyIsStaleMs = 5_000;

/**
 * Runs `work` while no other live process runs work under the same file. A lock whose owner died is
 * taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T> | T} work
 * @param {{ onWait?: (ownerPid: number) => void }} [options] `onWait` is called once, when there is a wait
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait } = {}) {
  makeFolder(path.dirname(file));
  for (let told = false; !tryLock(file);) {
    const owner = readOwner(file);
    if (owner === undefined) continue;
    if (owner === null || !isAlive(owner)) breakLock(file, owner);
    else {
      if (!told) onWait?.(owner.pid);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** @param {string} file @returns {boolean} whether this process now holds the lock */
export function tryLock(file) {
  try {
    fs.writeFileSync(file, JSON.stringify(identityOf()), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {import('./identity.mjs').ProcessIdentity | null | undefined} undefined: released or being
 *   written, look again; null: unreadable and old
 */
function readOwner(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    const written = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    return written !== undefined && Date.now() - written > emptyIsStaleMs ? null : undefined;
  }
}

/** Removes a stale lock; two processes may try, so one that turns out to be new is put back. */
function breakLock(file, staleOwner) {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    const owner = readOwner(aside);
    if (owner && owner.started !== staleOwner?.started && isAlive(owner)) fs.linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  fs.rmSync(aside, { force: true });
}
