import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that runs the given SQL. */
export function toyMigration(domain: string, sql: string): new () => MigrationInterface {
  const name = `Toy${domain}1700000000000`;
  const migration = class implements MigrationInterface {
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql);
    }
    async down(): Promise<void> {
      throw new Error('Migrations go forward only');
    }
  };
  Object.defineProperty(migration, 'name', { value: name });
  // The template database is named by what its migrations say.
  migration.toString = () => `${name} ${sql}`;
  return migration;
}
