import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sold a product. */
export class KeepSalesChannel1700000000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table ordering.product_order add sales_channel text`);
    await runner.query(`alter table ordering.product_version add channel text`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
