import { DomainError } from '@ronghe/kernel';
import { Client } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { DomainManifest } from '../host/domain-manifest';
import { platformTables, sharedTables } from './platform-tables';

/** One operator migrates at a time: whoever comes second waits here. */
const MIGRATION_LOCK = 7_210_301;
const LOCK_TIMEOUT_MS = 30_000;

/**
 * Brings every domain's schema to the version that this build knows. Idempotent; forward only.
 * @param onProgress called with each migration that ran.
 * @throws DomainError `database_unreachable` when there is no server at the URL.
 */
export async function migrate(
  databaseUrl: string,
  manifests: readonly DomainManifest[],
  onProgress: (line: string) => void = () => undefined,
): Promise<void> {
  const lock = await openClient(databaseUrl);
  try {
    await lock.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await lock.query(sharedTables);
    for (const manifest of manifests) await migrateDomain(databaseUrl, manifest, onProgress);
  } finally {
    await lock.end();
  }
}

async function migrateDomain(
  databaseUrl: string,
  manifest: DomainManifest,
  onProgress: (line: string) => void,
) {
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    schema: manifest.name,
    migrations: [platformMigration(manifest), ...manifest.migrations],
    migrationsTableName: 'migration',
    poolSize: 2,
    extra: { options: `-c lock_timeout=${LOCK_TIMEOUT_MS} -c search_path=${manifest.name},public` },
  });
  await dataSource.initialize();
  try {
    await dataSource.query(`create schema if not exists ${manifest.name}`);
    for (const migration of await dataSource.runMigrations({ transaction: 'each' })) {
      onProgress(`${manifest.name}: ${migration.name}`);
    }
  } finally {
    await dataSource.destroy();
  }
}

/** The platform's own tables come first in every schema. */
function platformMigration(manifest: DomainManifest): new () => MigrationInterface {
  return class PlatformTables1000000000000 implements MigrationInterface {
    name = 'PlatformTables1000000000000';
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(platformTables(manifest.name));
    }
    async down(): Promise<void> {
      throw new Error('Migrations go forward only');
    }
  };
}

/**
 * Refuses to serve a schema that this build does not know (behind or ahead).
 * @throws DomainError `schema_unknown` naming the domain and what to run.
 */
export async function assertMigrated(
  dataSource: DataSource,
  manifests: readonly DomainManifest[],
): Promise<void> {
  for (const manifest of manifests) {
    const known = ['PlatformTables1000000000000', ...manifest.migrations.map((migration) => migration.name)];
    const rows: { name: string }[] = await dataSource
      .query(`select name from ${manifest.name}.migration order by id`)
      .catch(() => []);
    const ran = rows.map((row) => row.name);
    if (known.join() !== ran.join()) {
      throw new DomainError(
        'schema_unknown',
        'unavailable',
        `The database schema of ${manifest.name} is not the one this build knows: run \`npm run ronghe -- migrate\`.`,
        { known, ran },
      );
    }
  }
}

async function openClient(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new DomainError(
      'database_unreachable',
      'unavailable',
      `No PostgreSQL answers at DATABASE_URL (${(error as Error).message}): check host, port, user and password.`,
    );
  }
}
