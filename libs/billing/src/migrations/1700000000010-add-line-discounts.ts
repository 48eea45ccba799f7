import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What discounts of the account and its group took of a line. */
export class AddLineDiscounts1700000000010 implements MigrationInterface {
  name = 'AddLineDiscounts1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table billing.bill_line add column discounts jsonb not null default '[]'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
