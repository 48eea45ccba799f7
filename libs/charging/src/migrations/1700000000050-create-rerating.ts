import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests to rate again with what they would change, and the way to corrections of offers. */
export class CreateRerating1700000000050 implements MigrationInterface {
  name = 'CreateRerating1700000000050';

  private readonly tables = `
create index offer_corrections on charging.offer (code) where document ? 'corrects';
create table charging.rerating (
  rerating_id uuid primary key,
  state text not null,
  scope jsonb not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  groups_total integer not null default 0,
  groups_done integer not null default 0,
  working_since timestamptz,
  cursor_lane smallint,
  cursor_group uuid,
  documents text not null,
  constraint rerating_state check (state in ('previewing', 'previewed', 'applying', 'applied', 'cancelled'))
);
create index rerating_open on charging.rerating (state) where state in ('previewing', 'applying');
create table charging.rerating_group (
  lane smallint not null,
  rerating_id uuid not null,
  card_group_id uuid not null,
  period text collate "C" not null,
  account_id uuid not null,
  events integer not null,
  changed integer not null,
  bucket_moves integer not null,
  amount_before bigint not null,
  amount_after bigint not null,
  revisions bigint not null,
  problem text,
  recomputed boolean not null default false,
  applied_at timestamptz,
  primary key (lane, rerating_id, card_group_id, period)
);
create index rerating_group_request on charging.rerating_group (rerating_id, lane, card_group_id, period);
create table charging.rerating_delta (
  lane smallint not null,
  rerating_id uuid not null,
  delta_id uuid not null,
  card_group_id uuid not null,
  period text collate "C" not null,
  account_id uuid not null,
  product_id uuid not null,
  card text not null,
  charge_code text not null,
  priced_before text not null,
  priced_after text not null,
  changed integer not null,
  units_before bigint not null,
  units_after bigint not null,
  amount_before bigint not null,
  amount_after bigint not null,
  primary key (lane, rerating_id, delta_id)
);
create index rerating_delta_request on charging.rerating_delta (rerating_id, delta_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
