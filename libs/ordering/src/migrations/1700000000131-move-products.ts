import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Moves of products to other addresses. */
export class MoveProducts1700000000131 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table ordering.order_item add address text, add replaced jsonb not null default '[]'::jsonb`,
    );
    await runner.query(`alter table ordering.product_version add moves jsonb not null default '[]'::jsonb`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
