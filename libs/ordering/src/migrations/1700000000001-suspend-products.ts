import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Blocks of products, and the order items that place and lift them. */
export class SuspendProducts1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table ordering.product_version add blocks jsonb not null default '[]'::jsonb`);
    await runner.query(
      `alter table ordering.order_item add block_reason text, add block_kind text, add barring text`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
