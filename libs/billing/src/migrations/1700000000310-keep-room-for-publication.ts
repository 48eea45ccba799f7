import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A bill is written twice, as a draft and when it is published: the second time beside the first, without touching an index. */
export class KeepRoomForPublication1700000000310 implements MigrationInterface {
  name = 'KeepRoomForPublication1700000000310';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table billing.bill set (fillfactor = 50)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
