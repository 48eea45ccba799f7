import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';

export const usage = `npm start [-- OPTIONS]

Installs what is missing, starts PostgreSQL, the network simulator and the suite, runs the demonstration
journey once, and stays up until Ctrl-C.

  --demo-only    end after the journey: exit code 0 when everything succeeded
  --report FILE  write the journey's outcome as JSON
  --no-demo      start without the journey
  --fresh        begin anew with an empty embedded database
  --port N       listen there and nowhere else (default: 3000, or the next free port)
  --help         this text

DATABASE_URL names a PostgreSQL to use instead of the embedded one, REDIS_URL a Redis for job queues,
RONGHE_DATA_DIR a folder for data and logs instead of .ronghe.`;

const defaultPort = 3000;

/**
 * @typedef {object} StartOptions
 * @property {boolean} demo
 * @property {boolean} demoOnly
 * @property {string | null} report absolute path
 * @property {boolean} fresh
 * @property {number} port
 * @property {boolean} isPortFixed no other one will do
 * @property {boolean} help
 */

/**
 * @param {string[]} argv
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {StartOptions}
 * @throws {Failure} one sentence, with the help below an unknown option
 */
export function readOptions(argv, env = process.env) {
  const values = parse(argv);
  if (values['no-demo'] && (values['demo-only'] || values.report))
    throw new Failure('--no-demo contradicts --demo-only and --report: leave one of them out.');
  const production = env.NODE_ENV === 'production';
  if (production && !env.DATABASE_URL)
    throw new Failure(
      'NODE_ENV=production needs DATABASE_URL: set it to your PostgreSQL, or unset NODE_ENV.',
    );
  if (production && (values['demo-only'] || values.report))
    throw new Failure(
      'The demonstration moves the clock, which NODE_ENV=production forbids: unset NODE_ENV.',
    );
  if (values.fresh && env.DATABASE_URL)
    throw new Failure(
      '--fresh empties only the embedded database: empty the one of DATABASE_URL yourself, or unset it.',
    );
  const port = values.port ?? env.PORT;
  return {
    demo: !values['no-demo'] && !production,
    demoOnly: values['demo-only'] ?? false,
    // npm changes to the clone's folder; the caller's own is what a relative name means.
    report: values.report ? path.resolve(env.INIT_CWD ?? process.cwd(), values.report) : null,
    fresh: values.fresh ?? false,
    port: port === undefined ? defaultPort : readPort(port),
    isPortFixed: port !== undefined,
    help: values.help ?? false,
  };
}

function parse(argv) {
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const text = /** @type {const} */ ({ type: 'string' });
  const options = { 'demo-only': flag, 'no-demo': flag, fresh: flag, help: flag, report: text, port: text };
  try {
    return parseArgs({ args: argv, options, strict: true }).values;
  } catch (error) {
    throw new Failure(`${error.message.split('. ')[0].replace(/\.$/, '')}: the options are listed above.`, {
      details: usage,
    });
  }
}

/** @param {string} text */
function readPort(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure(`${text} is no port number: give one from 1 to 65535.`);
}
