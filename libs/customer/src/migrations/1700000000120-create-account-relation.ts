import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that pay for others or share discounts with them, with history. */
export class CreateAccountRelation1700000000120 implements MigrationInterface {
  name = 'CreateAccountRelation1700000000120';

  private readonly statements = `
create table customer.account_relation (
  relation_id uuid not null,
  version integer not null,
  lane smallint not null,
  owner_account_id uuid not null,
  member_account_id uuid not null,
  kind text not null,
  terms jsonb not null,
  effective_from date not null,
  effective_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  cause text not null,
  superseded_at timestamptz,
  primary key (relation_id, version),
  constraint account_relation_days check (effective_to >= effective_from),
  constraint account_relation_sides check (owner_account_id <> member_account_id),
  constraint account_relation_one_parent exclude using gist
    (member_account_id with =, daterange(effective_from, effective_to) with &&)
    where (kind = 'parent' and superseded_at is null)
);
create index account_relation_lane on customer.account_relation (lane) where superseded_at is null;
create index account_relation_owner on customer.account_relation (owner_account_id);
create index account_relation_member on customer.account_relation (member_account_id);
create table customer.relation_lane (
  lane smallint primary key
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
