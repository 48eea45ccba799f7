import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An account with more open sessions than one transaction looks at: where the next one goes on. */
export class GoOnLookingAtSessions1700000000407 implements MigrationInterface {
  name = 'GoOnLookingAtSessions1700000000407';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charging.credit_change add column looked_through uuid');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
