import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates transfers of money between accounts: what has been taken and not yet given lies here. */
export class CreateMoneyTransfer1700000000031 implements MigrationInterface {
  name = 'CreateMoneyTransfer1700000000031';

  private readonly transfers = `
create table charging.money_transfer (
  lane smallint not null,
  transfer_id uuid not null,
  from_account_id uuid not null,
  to_account_id uuid not null,
  amount bigint not null,
  state text not null,
  taken_at timestamptz not null,
  given_at timestamptz,
  primary key (lane, transfer_id),
  constraint money_transfer_valid check (state in ('taken', 'given') and amount > 0 and from_account_id <> to_account_id)
);
create index money_transfer_account on charging.money_transfer (lane, from_account_id, transfer_id);
create index money_transfer_taken on charging.money_transfer (transfer_id) where state = 'taken';
create table charging.money_transfer_locator (
  transfer_id uuid primary key,
  lane smallint not null
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.transfers);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
