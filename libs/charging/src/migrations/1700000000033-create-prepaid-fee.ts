import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates recurring fees of prepaid accounts, and whether a number is blocked because one is unpaid. */
export class CreatePrepaidFee1700000000033 implements MigrationInterface {
  name = 'CreatePrepaidFee1700000000033';

  private readonly fees = `
create table charging.prepaid_fee (
  lane smallint not null,
  product_id uuid not null,
  price_code text collate "C" not null,
  period text collate "C" not null,
  account_id uuid not null,
  label jsonb not null,
  tax_class text not null,
  amount bigint not null,
  paid bigint not null default 0,
  state text not null,
  due_at timestamptz not null,
  next_try_at timestamptz not null,
  is_blocked boolean not null default false,
  primary key (lane, product_id, price_code, period),
  constraint prepaid_fee_valid check (state in ('due', 'paid', 'void') and amount >= 0 and paid between 0 and amount
    and (state = 'due') = (paid < amount))
) with (fillfactor = 70);
create index prepaid_fee_account on charging.prepaid_fee (lane, account_id, period);
create index prepaid_fee_due on charging.prepaid_fee (next_try_at) where state = 'due';
alter table charging.number_holder add is_blocked boolean not null default false;
create index number_holder_product on charging.number_holder (product_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.fees);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
