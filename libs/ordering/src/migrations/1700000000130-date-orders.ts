import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when an order counts; from when a product's terms were others. */
export class DateOrders1700000000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table ordering.product_order add effective_at timestamptz, add backdate_reason text`,
    );
    await runner.query(
      `alter table ordering.product_version add earlier_terms jsonb not null default '[]'::jsonb,
         add changed_from timestamptz`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
