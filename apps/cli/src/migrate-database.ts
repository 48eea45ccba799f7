import { allDomains } from '@ronghe/operator';
import { migrate, migrateQueue, readConfig } from '@ronghe/platform';

/**
 * Brings every schema of the database at DATABASE_URL to the version of this build; says which migrations ran.
 * @returns how many
 * @throws DomainError `config_invalid`, `database_unreachable`
 */
export async function migrateDatabase(say: (line: string) => void): Promise<number> {
  const { databaseUrl } = readConfig();
  let count = 0;
  await migrate(databaseUrl, allDomains, (line) => {
    count += 1;
    say(`migrated ${line}`);
  });
  await migrateQueue(databaseUrl);
  return count;
}
