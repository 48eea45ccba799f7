import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Units that are given once, by a top-up, a voucher or staff. */
export class CreateUnitGrant1700000000061 implements MigrationInterface {
  name = 'CreateUnitGrant1700000000061';

  private readonly grant = `
create table charging.unit_grant (
  lane smallint not null,
  grant_id uuid not null,
  account_id uuid not null,
  card_group_id uuid not null,
  owner_product_id uuid not null,
  offering_code text not null,
  offering_version integer not null,
  product_id uuid,
  label jsonb not null,
  usage_classes text[] not null,
  unit text not null,
  quantity bigint not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  priority integer not null,
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (lane, grant_id),
  constraint unit_grant_valid check (quantity > 0 and valid_to > valid_from)
);
create index unit_grant_account on charging.unit_grant (lane, account_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.grant);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
