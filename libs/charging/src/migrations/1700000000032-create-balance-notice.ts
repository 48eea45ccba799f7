import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates what customers were told of their balances. */
export class CreateBalanceNotice1700000000032 implements MigrationInterface {
  name = 'CreateBalanceNotice1700000000032';

  private readonly notices = `
create table charging.balance_notice (
  lane smallint not null,
  account_id uuid not null,
  notice_id uuid not null,
  kind text not null,
  subject text not null,
  threshold text not null,
  product_id uuid,
  card_group_id uuid,
  period text,
  label jsonb,
  unit text not null,
  remaining text not null,
  raised_at timestamptz not null,
  primary key (lane, account_id, notice_id)
);
create unique index balance_notice_once on charging.balance_notice (lane, account_id, kind, subject, threshold);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.notices);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
