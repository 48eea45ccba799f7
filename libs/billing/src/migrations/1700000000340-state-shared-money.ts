import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What accounts paid of each other's usage is told, and stated, apart from transfers. */
export class StateSharedMoney1700000000340 implements MigrationInterface {
  name = 'StateSharedMoney1700000000340';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table billing.consumption_day add column shared jsonb not null default '{}'`);
    await runner.query(`alter table billing.statement add column shared jsonb not null default '{}'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
