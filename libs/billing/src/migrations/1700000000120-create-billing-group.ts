import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that are billed together, and the relations that tie them. */
export class CreateBillingGroup1700000000120 implements MigrationInterface {
  name = 'CreateBillingGroup1700000000120';

  private readonly statements = `
alter table billing.account add column billing_group_id uuid;
update billing.account set billing_group_id = balance_group_id;
alter table billing.account alter column billing_group_id set not null;
drop index billing.account_cycle;
create index account_billing_group on billing.account (bill_day, zone, lane, billing_group_id);
create index account_balance_group on billing.account (lane, balance_group_id);
create table billing.account_relation (
  lane smallint not null,
  relation_id uuid not null,
  owner_account_id uuid not null,
  member_account_id uuid not null,
  version integer not null,
  state jsonb not null,
  primary key (lane, relation_id)
);
create index account_relation_member on billing.account_relation (lane, member_account_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
