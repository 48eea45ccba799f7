import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the offline records of a product in a span, to compare them with its online sessions. */
export class ReconcileUsage1700000000021 implements MigrationInterface {
  name = 'ReconcileUsage1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index reconciled_usage_product on charging.reconciled_usage (lane, product_id, used_at)`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
