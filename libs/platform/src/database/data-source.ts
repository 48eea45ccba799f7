import { DomainError } from '@ronghe/kernel';
import { DataSource } from 'typeorm';
import type { PlatformConfig } from '../config/platform-config';
import type { DomainManifest } from '../host/domain-manifest';

/** No writing transaction may wait or idle longer than this (DESIGN §4). */
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_MS = 30_000;
/** A new connection parses and plans every statement again, a quarter of a second of work: it outlives a quiet moment. */
const IDLE_CONNECTION_MS = 60_000;

/**
 * The process's one connection pool, with the entities of the domains that it hosts.
 * @throws DomainError `database_unreachable` when no server answers.
 */
export async function openDataSource(
  config: PlatformConfig,
  manifests: readonly DomainManifest[],
): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    entities: manifests.flatMap((manifest) => manifest.entities),
    poolSize: config.databasePoolSize,
    applicationName: 'ronghe',
    extra: {
      connectionTimeoutMillis: 15_000,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      options: `-c lock_timeout=${LOCK_TIMEOUT_MS} -c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS} -c timezone=UTC`,
    },
  });
  try {
    return await dataSource.initialize();
  } catch (error) {
    throw new DomainError(
      'database_unreachable',
      'unavailable',
      `No PostgreSQL answers at DATABASE_URL (${(error as Error).message}): check host, port, user and password.`,
    );
  }
}
