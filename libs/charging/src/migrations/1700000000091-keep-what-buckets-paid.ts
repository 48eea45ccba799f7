import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each money bucket has paid for usage, so that what turns out to cost less goes back where it came from. */
export class KeepWhatBucketsPaid1700000000091 implements MigrationInterface {
  name = 'KeepWhatBucketsPaid1700000000091';

  private readonly spent = `
alter table charging.money_bucket add column spent bigint not null default 0;
update charging.money_bucket b set spent = e.spent from (
  select lane, bucket_id, -sum(delta) as spent from charging.money_entry
  where kind in ('use', 'rerate') group by lane, bucket_id
) e where e.lane = b.lane and e.bucket_id = b.bucket_id;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.spent);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
