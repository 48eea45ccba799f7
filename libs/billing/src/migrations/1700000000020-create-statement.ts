import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What charging says of prepaid accounts' money, and the money part of their statements. Amounts are micro-yuan. */
export class CreateStatement1700000000020 implements MigrationInterface {
  name = 'CreateStatement1700000000020';

  private readonly tables = `
create table billing.prepaid_fee (
  lane smallint not null,
  product_id uuid not null,
  price_code text not null,
  period text not null,
  account_id uuid not null,
  version integer not null,
  label jsonb not null,
  tax_class text not null,
  debited_micro bigint not null,
  primary key (lane, product_id, price_code, period)
);
create index prepaid_fee_account on billing.prepaid_fee (lane, account_id, period);
create table billing.consumption_day (
  lane smallint not null,
  account_id uuid not null,
  day date not null,
  version integer not null,
  period text not null,
  paid_in_micro bigint not null,
  used_micro bigint not null,
  bonus_micro bigint not null,
  expired_micro bigint not null,
  transferred_micro bigint not null,
  adjusted_micro bigint not null,
  primary key (lane, account_id, day)
);
create table billing.statement (
  lane smallint not null,
  bill_id uuid not null,
  account_id uuid not null,
  opening_micro bigint not null,
  paid_in_micro bigint not null,
  used_micro bigint not null,
  bonus_micro bigint not null,
  expired_micro bigint not null,
  transferred_micro bigint not null,
  adjusted_micro bigint not null,
  closing_micro bigint not null,
  primary key (lane, bill_id),
  constraint statement_closing check (closing_micro =
    opening_micro + paid_in_micro - used_micro - expired_micro + transferred_micro + adjusted_micro)
);
create index statement_account on billing.statement (lane, account_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
