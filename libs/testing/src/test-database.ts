import { createHash } from 'node:crypto';
import { domainNames } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { migrate, migrateQueue, type DomainManifest } from '@ronghe/platform';
import { Client } from 'pg';

/** A database of a test suite's own, cloned from a migrated template. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

const TEMPLATE_LOCK = 7_210_302;

/**
 * Makes a database for a suite. The template is migrated once per set of migrations and then cloned, which
 * takes tens of milliseconds.
 * @throws Error where `TEST_DATABASE_URL` is missing: a suite without its database fails, it never skips.
 */
export async function createTestDatabase(domains: readonly DomainManifest[]): Promise<TestDatabase> {
  const server = serverUrl();
  const template = await ensureTemplate(server, domains);
  const name = `ronghe_test_${newId().replaceAll('-', '')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: databaseUrl(server, name),
    drop: () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) {
    throw new Error(
      'TEST_DATABASE_URL is not set. Run `npm test`, or start a server with ' +
        '`node tools/postgres/cli.mjs start --data .ronghe/test-postgres` and export the URL that it prints.',
    );
  }
  return url;
}

async function ensureTemplate(server: string, domains: readonly DomainManifest[]): Promise<string> {
  const manifests = withEverySchema(domains);
  const fingerprint = manifests
    .map(({ name, migrations }) => [name, ...migrations.map((each) => String(each))].join())
    .join();
  const template = `ronghe_template_${createHash('sha256').update(fingerprint).digest('hex').slice(0, 16)}`;
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [
      template,
    ]);
    if (found.rowCount) return;
    await client.query(`drop database if exists ${template}`);
    await client.query(`create database ${template}`);
    await migrate(databaseUrl(server, template), manifests);
    await migrateQueue(databaseUrl(server, template));
    await client.query(`alter database ${template} is_template true`);
  });
  return template;
}

/** Domains that a suite does not host get their platform tables all the same, so that it can publish for them. */
function withEverySchema(domains: readonly DomainManifest[]): DomainManifest[] {
  return domainNames.map(
    (name) =>
      domains.find((domain) => domain.name === name) ?? {
        name,
        module: class Absent {},
        sdlFile: '',
        entities: [],
        migrations: [],
      },
  );
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

async function onServer<T>(server: string, work: (client: Client) => Promise<T>): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
