import { spawn } from 'node:child_process';
import path from 'node:path';
import { bootstrap } from '../bootstrap.mjs';
import { reportFailure } from '../failure.mjs';
import { distFolder } from '../paths.mjs';

/**
 * Replays a folder of vector files against the compiled engine, with `--url` also against a running suite. Needs no database.
 * @param {string[]} argv `DIR [--json FILE] [--url URL]`
 * @returns {Promise<number>} exit code: 1 when a vector failed
 */
export async function main(argv) {
  try {
    await bootstrap({ quiet: true });
    return await run([path.join(distFolder, 'apps', 'cli', 'src', 'vectors', 'main.js'), ...argv]);
  } catch (error) {
    return reportFailure(error);
  }
}

/** @param {string[]} args @returns {Promise<number>} */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
