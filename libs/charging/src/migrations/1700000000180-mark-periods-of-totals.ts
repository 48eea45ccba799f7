import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mark says from which period on it names totals: what waits for earlier periods need not wait for it. */
export class MarkPeriodsOfTotals1700000000180 implements MigrationInterface {
  name = 'MarkPeriodsOfTotals1700000000180';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table charging.totals_mark add column period_from text collate "C" not null default ''`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
