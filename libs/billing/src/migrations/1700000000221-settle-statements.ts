import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What statements settle: discounts of prepaid accounts, and what is missing to their minimums. Amounts are micro-yuan. */
export class SettleStatements1700000000221 implements MigrationInterface {
  name = 'SettleStatements1700000000221';

  private readonly tables = `
alter table billing.bill_line add column exact_settled_micro bigint not null default 0;
create table billing.settlement (
  lane smallint not null,
  bill_id uuid not null,
  tax_class text not null,
  account_id uuid not null,
  micro bigint not null,
  settled_at timestamptz,
  primary key (lane, bill_id, tax_class)
);
create index settlement_open on billing.settlement (bill_id) where settled_at is null;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
