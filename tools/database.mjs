import { Failure } from './failure.mjs';
import { acquire, release } from './postgres/cluster.mjs';
import { ensureDatabase } from './postgres/database.mjs';
import { defaultPort, mainData } from './postgres/settings.mjs';
import { isAlive } from './process/identity.mjs';

/**
 * The database that Ronghe runs on.
 * @typedef {object} Database
 * @property {string} url
 * @property {string} label for people, without the password
 * @property {() => boolean} isRunning false once the embedded server has ended
 * @property {string | null} log
 */

const connectTimeoutMs = 5_000;

/**
 * The one that DATABASE_URL names, else the embedded one, started if needed.
 * @param {{ fresh?: boolean }} [options]
 * @returns {Promise<Database>} reachable
 * @throws {Failure} what is wrong with it
 */
export async function openDatabase({ fresh = false } = {}) {
  const given = process.env.DATABASE_URL;
  if (given) {
    const { host, pathname } = await verify(given);
    return { url: given, label: `PostgreSQL at ${host}${pathname}`, isRunning: () => true, log: null };
  }
  const { url, postmaster, adopted, log } = await acquire({
    data: mainData,
    port: defaultPort(mainData),
    fresh,
  });
  return {
    url: await ensureDatabase(url, 'ronghe', log),
    label: `PostgreSQL on port ${postmaster.port}${adopted ? ' (it was running)' : ''}`,
    isRunning: () => isAlive(postmaster),
    log,
  };
}

/** Gives back what openDatabase took; the embedded server ends with its last user. */
export async function closeDatabase() {
  if (!process.env.DATABASE_URL) await release({ data: mainData });
}

/** @param {string} text @returns {Promise<URL>} */
async function verify(text) {
  const wrong = (/** @type {string} */ what) =>
    new Failure(`DATABASE_URL ${what}: correct it, or unset it to use the embedded PostgreSQL.`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    throw wrong('is not of the form postgres://user:password@host:port/database');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: text, connectionTimeoutMillis: connectTimeoutMs });
  try {
    await client.connect();
    await client.query('select 1');
    return url;
  } catch (error) {
    throw wrong(complaint(error, url));
  } finally {
    await client.end().catch(() => {});
  }
}

/** @returns {string} */
function complaint(error, url) {
  const name = decodeURIComponent(url.pathname.slice(1));
  switch (error.code) {
    case '28P01':
    case '28000':
      return `is refused by ${url.host} (user or password)`;
    case '3D000':
      return `names a database ${name} that ${url.host} does not have`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `names a host ${url.hostname} that is not known`;
    case 'ECONNREFUSED':
      return `names ${url.host}, where no PostgreSQL listens`;
    default:
      return `does not work with ${url.host} (${error.message || error.code})`;
  }
}
