import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What open sessions hold of counters, where money limits what they may use, stands in the row of their card group and period, which
 * they write anyway; the text is that of balance/counter-json.ts. Sessions from before hold none.
 */
export class HoldCountersInGroups1700000000405 implements MigrationInterface {
  name = 'HoldCountersInGroups1700000000405';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table charging.group_period add column counter_holds text`);
    await runner.query(`alter type charging.group_state_row add attribute counter_holds text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
