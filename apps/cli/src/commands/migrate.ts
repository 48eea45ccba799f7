import { Command } from 'commander';
import { counted } from '../counted';
import type * as migrating from '../migrate-database';

/** `ronghe migrate`: brings every schema to the version of this build. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'Bring the database at DATABASE_URL to the version of this build; does nothing when it is there already.',
    )
    .action(async () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- all domains take seconds to load, and the other commands are clients that need none
      const { migrateDatabase } = require('../migrate-database') as typeof migrating;
      const count = await migrateDatabase((line) => console.log(line));
      console.log(count === 0 ? 'The database is up to date.' : `${counted(count, 'migration')} ran.`);
    });
}
