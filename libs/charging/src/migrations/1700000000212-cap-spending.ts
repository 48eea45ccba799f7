import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What products may spend on usage, and whether online charging stops there. */
export class CapSpending1700000000212 implements MigrationInterface {
  name = 'CapSpending1700000000212';

  private readonly cap = `
alter table charging.account add column caps_spending boolean not null default false;
create table charging.spend_cap (
  lane smallint not null,
  cap_id uuid not null,
  product_id uuid not null,
  account_id uuid not null,
  amount bigint,
  per text not null,
  at_limit text not null,
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (lane, cap_id),
  constraint spend_cap_valid check (amount >= 0 and per in ('period', 'day') and at_limit in ('notify', 'block'))
);
create index spend_cap_product on charging.spend_cap (lane, product_id, cap_id);
create index spend_cap_account on charging.spend_cap (lane, account_id);`;

  private readonly hold = `
create table charging.spend_hold (
  lane smallint not null,
  product_id uuid not null,
  span text collate "C" not null,
  held bigint not null,
  primary key (lane, product_id, span),
  constraint spend_hold_counted check (held >= 0)
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.cap);
    await runner.query(this.hold);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
