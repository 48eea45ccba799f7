import { Command } from 'commander';
import { allDomains } from '@ronghe/operator';
import { migrate, migrateQueue, readConfig } from '@ronghe/platform';

/** `ronghe migrate`: brings every schema to the version of this build. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database at DATABASE_URL to the version of this build; does nothing when it is there already.')
    .action(async () => {
      const { databaseUrl } = readConfig();
      let count = 0;
      await migrate(databaseUrl, allDomains, (line) => {
        count += 1;
        console.log(`migrated ${line}`);
      });
      await migrateQueue(databaseUrl);
      console.log(count === 0 ? 'The database is up to date.' : `${count} migrations ran.`);
    });
}
