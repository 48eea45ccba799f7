import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The statement that writes card groups compares their accounts too, by the xmin that online sessions remember. */
export class CompareAccountsWithGroups1700000000398 implements MigrationInterface {
  name = 'CompareAccountsWithGroups1700000000398';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter type charging.group_state_row add attribute account_version xid');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
