import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates which products shall be stopped for unpaid fees; those that are blocked now are looked at first. */
export class CreateFeeStop1700000000098 implements MigrationInterface {
  name = 'CreateFeeStop1700000000098';

  private readonly tables = `
create table charging.fee_stop (
  lane smallint not null,
  product_id uuid not null,
  is_wanted boolean not null,
  attempt integer not null,
  tries integer not null,
  order_id uuid,
  next_try_at timestamptz,
  primary key (lane, product_id)
);
create index fee_stop_due on charging.fee_stop (next_try_at) where next_try_at is not null;
insert into charging.fee_stop (lane, product_id, is_wanted, attempt, tries, next_try_at)
  select lane, product_id, true, 1, 0, max(next_try_at) from charging.prepaid_fee where is_blocked group by 1, 2;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
