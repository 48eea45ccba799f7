import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What sessions hold of a bucket counts against the cap of the member whose sessions they are. Sessions that are open now hold
 * what is not counted: their reservations name no member, and give back without one.
 */
export class ReserveByMember1700000000210 implements MigrationInterface {
  name = 'ReserveByMember1700000000210';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charging.bucket add column member_reserved jsonb');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
