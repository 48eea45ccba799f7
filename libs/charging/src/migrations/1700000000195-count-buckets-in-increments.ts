import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A bucket may be used in whole increments of its own. */
export class CountBucketsInIncrements1700000000195 implements MigrationInterface {
  name = 'CountBucketsInIncrements1700000000195';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charging.bucket add column increment bigint check (increment > 0)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
