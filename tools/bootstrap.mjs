import path from 'node:path';
import { build } from './bootstrap/compile.mjs';
import { install, installedSoFar, isInstalled } from './bootstrap/install.mjs';
import { cloneFolder } from './paths.mjs';
import { withLock } from './process/lock.mjs';
import { say, step } from './progress.mjs';

/**
 * Makes the clone ready to run: installs packages where they do not fit the lock file and compiles what
 * changed. Does nothing (in some 0.1 s) when all is in place; two tools may do it at once.
 * @param {{ quiet?: boolean }} [options] quiet: speaks only of what takes longer than two seconds
 * @throws {import('./failure.mjs').Failure} when npm or the compiler fails
 */
export async function bootstrap({ quiet = false } = {}) {
  const installed = isInstalled() ? false : await installAlone();
  if (!quiet) say(installed ? 'Packages are installed.' : 'Packages are in place.');
  const { written } = await step('Compiling', build);
  if (!quiet) say(written > 0 ? `Compiled ${written} files.` : 'Compiled files are up to date.');
}

/** @returns {Promise<boolean>} false when another tool did it meanwhile */
function installAlone() {
  const onWait = (/** @type {number} */ pid) =>
    say(`Waiting for another install in this clone (process ${pid}) …`);
  const work = async () => {
    if (isInstalled()) return false;
    await step('Installing packages', install, { note: installedSoFar });
    return true;
  };
  return withLock(path.join(cloneFolder, 'install.lock'), work, { onWait });
}
