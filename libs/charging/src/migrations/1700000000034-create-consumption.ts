import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates what was told of the money that accounts consumed each day. */
export class CreateConsumption1700000000034 implements MigrationInterface {
  name = 'CreateConsumption1700000000034';

  private readonly consumption = `
create table charging.consumption_day (
  lane smallint not null,
  account_id uuid not null,
  local_day date not null,
  version integer not null,
  told jsonb not null,
  primary key (lane, account_id, local_day)
);
create index consumption_day_day on charging.consumption_day (local_day);
create table charging.posting_zone (
  zone text primary key,
  posted_through date not null
);
insert into charging.posting_zone (zone, posted_through) select distinct zone, date '1970-01-01' from charging.account;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.consumption);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
