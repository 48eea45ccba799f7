import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where an account's revenue counts. */
export class AddAccountRegion1700000000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table customer.account add region text`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
