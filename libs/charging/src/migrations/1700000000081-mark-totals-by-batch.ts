import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is to be published is marked by a row for a whole batch, instead of a change of a row for every account. */
export class MarkTotalsByBatch1700000000081 implements MigrationInterface {
  name = 'MarkTotalsByBatch1700000000081';

  private readonly marks = `
create table charging.totals_mark (
  mark_id uuid primary key,
  accounts text not null
);
insert into charging.totals_mark (mark_id, accounts)
select gen_random_uuid(), json_build_array(json_build_array(lane, account_id, period))::text
from charging.account_period where is_pending;
drop index charging.account_period_pending;
alter table charging.account_period drop column is_pending;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.marks);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
