import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The statement that writes card groups finds their accounts by the ctid that online sessions remember, not by an index. */
export class FindAccountsByPlace1700000000403 implements MigrationInterface {
  name = 'FindAccountsByPlace1700000000403';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter type charging.group_state_row add attribute account_place tid');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
