import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which bill period a day of consumption lies, for control totals against prepaid statements. */
export class AddConsumptionPeriod1700000000002 implements MigrationInterface {
  name = 'AddConsumptionPeriod1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table receivables.consumption add column period text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
