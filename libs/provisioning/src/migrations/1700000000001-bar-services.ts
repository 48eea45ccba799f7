import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service orders that bar and unbar, and what is stopped for a service. */
export class BarServices1700000000001 implements MigrationInterface {
  name = 'BarServices1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table provisioning.service_order drop constraint service_order_action,
         add constraint service_order_action check (action in ('activate', 'deactivate', 'bar', 'unbar'))`,
    );
    await runner.query(`alter table provisioning.service_order_item add barring text`);
    await runner.query(`alter table provisioning.service add barring text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
