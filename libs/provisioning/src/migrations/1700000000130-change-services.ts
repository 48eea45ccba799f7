import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service orders that change what a service was switched on with. */
export class ChangeServices1700000000130 implements MigrationInterface {
  name = 'ChangeServices1700000000130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table provisioning.service_order drop constraint service_order_action, add constraint service_order_action
         check (action in ('activate', 'deactivate', 'bar', 'unbar', 'change'))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
