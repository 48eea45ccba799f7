import { spawn } from 'node:child_process';
import { bootstrap } from '../bootstrap.mjs';
import { closeDatabase, openDatabase } from '../database.mjs';
import { reportFailure } from '../failure.mjs';
import { untilInterrupted } from '../process/interruption.mjs';
import { step } from '../progress.mjs';
import { runningStart } from '../start/claim.mjs';
import { entryOf, programEnvironment } from '../start/programs.mjs';

/**
 * Runs the command line of Ronghe. All commands speak to what runs, by its public APIs, but `migrate`, which needs
 * the database that `npm start` uses: the embedded one is started for the time of the command when it does not run.
 * @param {string[]} argv
 * @returns {Promise<number>} the command's exit code
 */
export async function main(argv) {
  /** @type {ReturnType<typeof startCommand> | undefined} */
  let command;
  const work = async (/** @type {AbortSignal} */ signal) => {
    await bootstrap({ quiet: true });
    const environment = needsDatabase(argv) ? await databaseEnvironment() : {};
    signal.throwIfAborted();
    command = startCommand(argv, environment);
    return command.ended;
  };
  const cleanUp = async () => {
    command?.child.kill('SIGTERM');
    await command?.ended.catch(() => {});
    if (needsDatabase(argv)) await closeDatabase();
  };
  try {
    return await untilInterrupted({ work, cleanUp, force: () => command?.child.kill('SIGKILL') });
  } catch (error) {
    return reportFailure(error);
  }
}

/** @param {string[]} argv */
const needsDatabase = (argv) => argv[0] === 'migrate' && !argv.includes('--help') && !argv.includes('-h');

async function databaseEnvironment() {
  const { url } = await step('Starting PostgreSQL', () => openDatabase());
  return programEnvironment({ databaseUrl: url });
}

/**
 * The command shares the terminal, since it may ask.
 * @param {string[]} argv
 * @param {NodeJS.ProcessEnv} environment
 */
function startCommand(argv, environment) {
  const url = process.env.RONGHE_URL ?? runningStart()?.url;
  const env = { ...process.env, ...environment, ...(url ? { RONGHE_URL: url } : {}) };
  const child = spawn(process.execPath, [entryOf('cli'), ...argv], { env, stdio: 'inherit' });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
  return { child, ended };
}
