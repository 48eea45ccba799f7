import { Failure } from '../failure.mjs';

/**
 * Makes sure that a database with an owner of the same name, no superuser, is there.
 * @param {string} superuserUrl
 * @param {string} name letters only
 * @param {string} log where the server tells more
 * @returns {Promise<string>} the owner's URL
 * @throws {Failure} when the server refuses, which a sound data folder does not
 */
export async function ensureDatabase(superuserUrl, name, log) {
  const { default: pg } = await import('pg');
  const url = new URL(superuserUrl);
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 10_000 });
  // A server that ends later is noticed by whoever watches it.
  client.on('error', () => {});
  try {
    await client.connect();
    const roles = await client.query('select from pg_roles where rolname = $1', [name]);
    const login = `role ${name} with login password '${url.password}'`;
    await client.query(`${roles.rowCount ? 'alter' : 'create'} ${login}`);
    const databases = await client.query('select from pg_database where datname = $1', [name]);
    if (!databases.rowCount) await client.query(`create database ${name} owner ${name}`);
  } catch (cause) {
    throw new Failure(
      `The embedded PostgreSQL does not work (${cause.message}; more in ${log}): begin anew with --fresh.`,
      { cause },
    );
  } finally {
    await client.end().catch(() => {});
  }
  url.username = name;
  url.pathname = `/${name}`;
  return url.href;
}
