import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was left of a bill in its instalment plan each time that a payment of it was taken back. */
export class LeavePlan1700000000330 implements MigrationInterface {
  name = 'LeavePlan1700000000330';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table receivables.instalment_plan add column taken_back jsonb not null default '[]'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
