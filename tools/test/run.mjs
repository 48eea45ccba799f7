import { bootstrap } from '../bootstrap.mjs';
import { reportFailure } from '../failure.mjs';
import { acquire, release } from '../postgres/cluster.mjs';
import { defaultPort, testData } from '../postgres/settings.mjs';
import { killChildren, stopChildren, stopOrphans } from '../process/children.mjs';
import { untilInterrupted } from '../process/interruption.mjs';
import { say, seconds, step } from '../progress.mjs';
import { readOptions, usage } from './options.mjs';
import { startRedis } from './redis.mjs';
import { runStage, tableOf } from './stages.mjs';

/** Data folders of the servers that this run uses. @type {Set<string>} */
const acquired = new Set();
/** @type {Map<string, Promise<string>>} URL by data folder */
const urls = new Map();

/**
 * Runs a suite and prints `N passed, N failed` as the last line.
 * @param {string[]} argv
 * @returns {Promise<number>} exit code: 0 only if some test ran and none failed
 */
export async function main(argv) {
  try {
    const options = readOptions(argv);
    if (options.help) {
      console.log(usage);
      return 0;
    }
    return await untilInterrupted({
      work: (signal) => runSuite(options, signal),
      cleanUp,
      force: killChildren,
    });
  } catch (error) {
    return reportFailure(error);
  }
}

async function cleanUp() {
  await stopChildren();
  for (const data of acquired) await release({ data });
}

/** @param {import('./options.mjs').TestOptions} options @param {AbortSignal} signal */
async function runSuite({ suite, stages, definitions, jest }, signal) {
  await bootstrap();
  await stopOrphans();
  signal.throwIfAborted();
  const redisUrl = suite === 'redis' ? await step('Starting Redis', startRedis) : undefined;
  const results = [];
  for (const stage of stages) {
    say(`${stage.name} …`);
    const env = {
      // A developer's own database and queue are never touched.
      DATABASE_URL: undefined,
      PORT: undefined,
      REDIS_URL: redisUrl,
      RONGHE_DEFINITIONS: definitions ?? undefined,
      TEST_DATABASE_URL: stage.database && (await databaseFor(stage.database)),
      ...stage.env,
    };
    signal.throwIfAborted();
    const result = await runStage(stage, { env, jest });
    signal.throwIfAborted();
    say(`${stage.name}: ${result.passed} passed, ${result.failed} failed (${seconds(result.ms)})`);
    results.push(result);
  }
  return conclude(stages, results);
}

/** @param {string} data @returns {Promise<string>} a superuser's URL; the server starts when first needed */
function databaseFor(data) {
  if (process.env.TEST_DATABASE_URL) return Promise.resolve(process.env.TEST_DATABASE_URL);
  if (!urls.has(data)) {
    acquired.add(data);
    const options = { data, port: defaultPort(data), durable: data !== testData, fresh: true };
    urls.set(
      data,
      step('Starting PostgreSQL', () => acquire(options)).then(({ url }) => url),
    );
  }
  return /** @type {Promise<string>} */ (urls.get(data));
}

/** @returns {number} exit code */
function conclude(stages, results) {
  const failures = results.flatMap((result) => result.failures);
  if (failures.length > 0) console.log(`\nWhat failed:\n\n${failures.join('\n\n')}`);
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  const ranTests = stages.some(({ project }, at) => project && results[at].passed + results[at].failed > 0);
  const ranAny = ranTests || stages.every(({ check }) => check);
  console.log(`\n${tableOf(results)}`);
  if (!ranAny) console.log('No test ran, which counts as a failure.');
  const failed = sum('failed') + (ranAny ? 0 : 1);
  console.log(`${sum('passed')} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
