import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Remembers which sessions a network function was told to end, and finds those of accounts that owe. */
export class CutSessions1700000000041 implements MigrationInterface {
  name = 'CutSessions1700000000041';

  private readonly cuts = `
alter table charging.session add column cut_at timestamptz;
create index session_to_cut on charging.session (lane, account_id)
  where state = 'open' and notify_uri is not null and cut_at is null;
create index money_bucket_owing on charging.money_bucket (lane, account_id) where overrun > 0;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.cuts);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
