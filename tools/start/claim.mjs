import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.mjs';
import { runFolder } from '../paths.mjs';
import { identityOf, isAlive } from '../process/identity.mjs';
import { withLock } from '../process/lock.mjs';

const claimFile = path.join(runFolder, 'start.claim');

/**
 * Makes this process the one that runs Ronghe here.
 * @throws {Failure} when another one does, naming its URL
 */
export function claim() {
  return withLock(`${claimFile}.lock`, () => {
    const other = runningStart();
    if (other) {
      const where = other.url ? `running at ${other.url}` : 'starting';
      throw new Failure(
        `Ronghe is already ${where} from this clone (process ${other.pid}): use it, or stop it first.`,
      );
    }
    fs.writeFileSync(claimFile, JSON.stringify({ owner: identityOf(), url: null }));
  });
}

/** Tells others where it listens. @param {string} url */
export function announce(url) {
  fs.writeFileSync(claimFile, JSON.stringify({ owner: identityOf(), url }));
}

/** Gives the claim back, if it is this process's. */
export function unclaim() {
  if (runningStart()?.pid === process.pid) fs.rmSync(claimFile, { force: true });
}

/** What `npm start` runs from this clone now. @returns {{ pid: number, url: string | null } | null} */
export function runningStart() {
  try {
    const { owner, url } = JSON.parse(fs.readFileSync(claimFile, 'utf8'));
    return isAlive(owner) ? { pid: owner.pid, url } : null;
  } catch {
    return null;
  }
}
