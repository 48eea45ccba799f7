import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Bills name the customer. Who was registered before billing listened to it has no row here until customer tells of it again,
 * and their bills show the account alone, as before.
 */
export class KeepCustomerNames1700000000360 implements MigrationInterface {
  name = 'KeepCustomerNames1700000000360';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table billing.customer_name (
         customer_id uuid not null,
         version integer not null,
         name text not null,
         known_from timestamptz not null,
         primary key (customer_id, version)
       )`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
