import fs from 'node:fs';
import path from 'node:path';
import { bootstrap } from '../bootstrap.mjs';
import { openDatabase } from '../database.mjs';
import { Failure } from '../failure.mjs';
import { lastLines, stateFolder } from '../paths.mjs';
import { describeExit, startChild, stopOrphans } from '../process/children.mjs';
import { isPortFree } from '../process/ports.mjs';
import { say, step } from '../progress.mjs';
import { endedEarly, startApp } from './apps.mjs';
import { announce } from './claim.mjs';
import { entryOf, programEnvironment } from './programs.mjs';

const firstSimulatorPort = 3900;
const watchMs = 1_000;

/**
 * Everything from an empty clone to the running product. Ends by itself only with --demo-only.
 * @param {import('./options.mjs').StartOptions} options
 * @param {AbortSignal} signal
 * @param {() => void} onUp is called when it runs and only waits to be stopped
 * @returns {Promise<number>} exit code
 * @throws {Failure} when a step fails or something that must run ends
 */
export async function runSession(options, signal, onUp) {
  await bootstrap();
  for (const orphan of await step('Stopping what an earlier start left', stopOrphans))
    say(`Stopped ${orphan}, left by an earlier start.`);
  signal.throwIfAborted();
  if (options.isPortFixed && !(await isPortFree(options.port)))
    throw new Failure(`Port ${options.port} is in use by another program: stop it, or give another --port.`);
  const database = await step('Starting PostgreSQL', () => openDatabase(options));
  say(`${database.label} is ready.`);
  signal.throwIfAborted();
  await migrate(database.url);
  const { suite, crashed } = await startApps(options, database, signal);
  const demoCode = options.demo ? await Promise.race([runDemo(options, suite, database.url), crashed]) : 0;
  signal.throwIfAborted();
  if (options.demoOnly) return demoCode;
  if (demoCode !== 0)
    say(`The demonstration failed (exit code ${demoCode}); Ronghe stays up so that you can look.`);
  showPlaces(suite.url);
  if (demoCode === 0) onUp();
  return crashed;
}

/** @param {string} databaseUrl */
async function migrate(databaseUrl) {
  const child = startChild({
    name: 'migrate',
    args: [entryOf('cli'), 'migrate'],
    env: programEnvironment({ databaseUrl }),
  });
  const exit = await step('Migrating', () => child.exited);
  if (exit.code !== 0)
    throw new Failure(
      `Migrating the database failed (${describeExit(exit)}): see the lines above (all: ${child.log}).`,
      {
        details: lastLines(child.log ?? ''),
      },
    );
  say('The database is migrated.');
}

/**
 * Starts simulator and suite.
 * @returns {Promise<{ suite: import('./apps.mjs').App, crashed: Promise<never> }>} `crashed` rejects when
 *   one of them, or the embedded server, ends
 */
async function startApps({ port, isPortFixed, fresh }, database, signal) {
  // The elements remember what was switched on, as long as the database does.
  const networkState = path.join(stateFolder, 'network-simulator.jsonl');
  if (fresh) fs.rmSync(networkState, { force: true });
  const simulator = await step('Starting the network simulator', () =>
    startApp({
      name: 'network-simulator',
      port: firstSimulatorPort,
      isPortFixed: false,
      env: { NETWORK_SIMULATOR_STATE_FILE: networkState },
      signal,
    }),
  );
  const env = programEnvironment({ databaseUrl: database.url, simulatorUrl: simulator.url });
  const suite = await step('Starting the suite', () =>
    startApp({ name: 'suite', port, isPortFixed, env, readyPath: '/health/ready', signal }),
  );
  announce(suite.url);
  say(`The suite is ready at ${suite.url}${suite.port === port ? '' : `, since port ${port} is in use`}.`);
  const crashed = watch([simulator, suite], database);
  // Whoever awaits it hears of it; until then it is no unhandled rejection.
  crashed.catch(() => {});
  return { suite, crashed };
}

/** @returns {Promise<never>} */
function watch(apps, database) {
  return new Promise((_, reject) => {
    for (const app of apps) void app.exited.then((/** @type {any} */ exit) => reject(endedEarly(app, exit)));
    setInterval(() => {
      if (database.isRunning()) return;
      const sentence = `PostgreSQL ended unexpectedly: see the lines above (all: ${database.log}), then start again.`;
      reject(new Failure(sentence, { details: lastLines(database.log) }));
    }, watchMs).unref();
  });
}

/** @returns {Promise<number>} the journey's exit code; its output is shown */
async function runDemo({ report }, suite, databaseUrl) {
  say('The demonstration begins.');
  const args = [entryOf('cli'), 'demo', '--url', suite.url, ...(report ? ['--report', report] : [])];
  const child = startChild({
    name: 'demo',
    args,
    env: programEnvironment({ databaseUrl }),
    output: 'terminal',
  });
  const exit = await child.exited;
  say(
    exit.code === 0
      ? 'The demonstration is complete.'
      : `The demonstration ended with ${describeExit(exit)}.`,
  );
  return exit.code ?? 1;
}

/** @param {string} url */
function showPlaces(url) {
  const isDemonstration = process.env.NODE_ENV !== 'production';
  const password = process.env.RONGHE_DEMO_PASSWORD ?? 'ronghe-demo';
  const staff = `counter1, billing1, operations1, partner1 with the password ${password}`;
  console.log(`
Ronghe is running.

  start     ${url}/
  GraphQL   ${url}/graphql
  REST      ${url}/tmf-api/productCatalogManagement/v4/productOffering
  metrics   ${url}/metrics
  health    ${url}/health/ready
${isDemonstration ? `\nSign in as ${staff}.` : ''}
Ctrl-C stops everything.`);
}
