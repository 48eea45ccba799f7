import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A run's lanes in ranges, each with a place of its own, so that several workers carry out one run. Runs that are there
 * already stay one range. What a run row said of its place goes: processes of before refuse this schema anyway.
 */
export class DivideRuns1700000000100 implements MigrationInterface {
  name = 'DivideRuns1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ranges);
    await runner.query(runs);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const ranges = `
create table billing.bill_run_range (
  run_id uuid not null,
  range_no smallint not null,
  from_lane smallint not null,
  to_lane smallint not null,
  is_through boolean not null,
  cursor_lane smallint not null,
  cursor_group uuid,
  lanes jsonb not null,
  stage_lane smallint not null,
  handled integer not null,
  accounts integer not null,
  added integer not null,
  quarantined integer not null,
  primary key (run_id, range_no)
);
insert into billing.bill_run_range
select run_id, 0, 0, 1023, state in ('checking', 'awaiting_confirmation', 'completed', 'rejected'),
       cursor_lane, cursor_group, lanes, stage_lane, 0, accounts, added, quarantined
from billing.bill_run where state <> 'waiting'`;

const runs = `
alter table billing.bill_run
  drop column cursor_lane, drop column cursor_group, drop column lanes, drop column stage_lane,
  add column paused_by text,
  add column account_id uuid,
  add column due_accounts integer not null default 0,
  add column stage_since timestamptz,
  add column stage_base integer not null default 0;
create unique index bill_run_scheduled_once on billing.bill_run (period, bill_day, zone) where trigger = 'scheduled'`;
