import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Only the audit asks for usage by source, and reads most of the table then, in which few sources are. Every rated usage paid for
 * it.
 */
export class DropUsageSourceIndex1700000000300 implements MigrationInterface {
  name = 'DropUsageSourceIndex1700000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index charging.rated_usage_source');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
