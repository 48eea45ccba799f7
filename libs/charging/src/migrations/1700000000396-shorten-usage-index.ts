import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Usage of a card group's period is read whole and sorted by whoever reads it. An index that repeats its order holds a long key
 * for each usage; equal keys are stored once, so that a usage adds a few bytes. Where it was created before, it is taken, but for what
 * a creation `concurrently` left behind that did not end: PostgreSQL never uses that.
 */
export class ShortenUsageIndex1700000000396 implements MigrationInterface {
  name = 'ShortenUsageIndex1700000000396';

  async up(runner: QueryRunner): Promise<void> {
    const unfinished: unknown[] = await runner.query(
      `select from pg_index where indexrelid = to_regclass('charging.rated_usage_group') and not indisvalid`,
    );
    if (unfinished.length > 0) await runner.query('drop index charging.rated_usage_group');
    await runner.query(
      'create index if not exists rated_usage_group on charging.rated_usage (lane, card_group_id, period)',
    );
    await runner.query('drop index charging.rated_usage_order');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
