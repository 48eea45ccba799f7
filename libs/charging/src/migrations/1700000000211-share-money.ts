import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that pay for others of their balance group, and what they paid in each period. */
export class ShareMoney1700000000211 implements MigrationInterface {
  name = 'ShareMoney1700000000211';

  private readonly sharing = `
alter table charging.account add column shares_money boolean not null default false;
create table charging.money_sharing (
  lane smallint not null,
  sharing_id uuid not null,
  balance_group_id uuid not null,
  owner_account_id uuid not null,
  member_account_id uuid not null,
  cap bigint,
  from_period text collate "C" not null,
  to_period text collate "C",
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  end_reason text,
  ended_by text,
  ended_at timestamptz,
  primary key (lane, sharing_id),
  constraint money_sharing_period check (to_period is null or to_period >= from_period),
  constraint money_sharing_not_with_itself check (owner_account_id <> member_account_id),
  constraint money_sharing_cap check (cap >= 0)
);
create unique index money_sharing_member on charging.money_sharing (lane, member_account_id, from_period)
  where to_period is distinct from from_period;
create index money_sharing_group on charging.money_sharing (lane, balance_group_id);`;

  private readonly use = `
create table charging.money_share_use (
  lane smallint not null,
  sharing_id uuid not null,
  period text collate "C" not null,
  used bigint not null,
  reserved bigint not null,
  primary key (lane, sharing_id, period),
  constraint money_share_use_counted check (used >= 0 and reserved >= 0)
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.sharing);
    await runner.query(this.use);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
