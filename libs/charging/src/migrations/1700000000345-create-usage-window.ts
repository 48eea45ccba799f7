import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Large files are taken in by windows, whose lines are put together by the lanes of their subscribers. */
export class CreateUsageWindow1700000000345 implements MigrationInterface {
  name = 'CreateUsageWindow1700000000345';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table charging.usage_file
        add column window_part smallint not null default 0,
        add column window_line integer not null default 0,
        add column window_bytes bigint not null default 0`);
    await runner.query(`
      create table charging.usage_window (
        file_id uuid primary key,
        parts bytea not null
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
