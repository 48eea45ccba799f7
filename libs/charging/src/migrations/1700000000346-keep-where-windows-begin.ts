import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A window that does not begin at its file's checkpoint is left: somebody who knows nothing of windows has read on. */
export class KeepWhereWindowsBegin1700000000346 implements MigrationInterface {
  name = 'KeepWhereWindowsBegin1700000000346';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charging.usage_window add column start_bytes bigint not null default 0');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
