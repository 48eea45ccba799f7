import { spawn } from 'node:child_process';
import { bootstrap } from '../bootstrap.mjs';
import { closeDatabase, openDatabase } from '../database.mjs';
import { reportFailure } from '../failure.mjs';
import { untilInterrupted } from '../process/interruption.mjs';
import { step } from '../progress.mjs';
import { runningStart } from '../start/claim.mjs';
import { entryOf, programEnvironment } from '../start/programs.mjs';

/**
 * Runs the command line of Ronghe on the database that `npm start` uses; the embedded one is started
 * for the time of the command when it does not run.
 * @param {string[]} argv
 * @returns {Promise<number>} the command's exit code
 */
export async function main(argv) {
  /** @type {ReturnType<typeof startCommand> | undefined} */
  let command;
  const work = async (/** @type {AbortSignal} */ signal) => {
    await bootstrap({ quiet: true });
    const { url } = await step('Starting PostgreSQL', () => openDatabase());
    signal.throwIfAborted();
    command = startCommand(argv, url);
    return command.ended;
  };
  const cleanUp = async () => {
    command?.child.kill('SIGTERM');
    await command?.ended.catch(() => {});
    await closeDatabase();
  };
  try {
    return await untilInterrupted({ work, cleanUp, force: () => command?.child.kill('SIGKILL') });
  } catch (error) {
    return reportFailure(error);
  }
}

/** The command shares the terminal, since it may ask. */
function startCommand(argv, databaseUrl) {
  const url = runningStart()?.url;
  const env = { ...process.env, ...programEnvironment({ databaseUrl }), ...(url ? { RONGHE_URL: url } : {}) };
  const child = spawn(process.execPath, [entryOf('cli'), ...argv], { env, stdio: 'inherit' });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
  return { child, ended };
}
