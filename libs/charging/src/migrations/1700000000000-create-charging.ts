import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates projections and balances. Lane comes first in the key of everything that grows with customers. */
export class CreateCharging1700000000000 implements MigrationInterface {
  name = 'CreateCharging1700000000000';

  /** Projections of what other domains say. Keyed by what is unique for the whole operator; small and read by key. */
  private readonly projections = `
create table charging.account (
  account_id uuid primary key,
  lane smallint not null,
  customer_id uuid not null,
  zone text not null,
  bill_day smallint not null,
  payment_mode text not null,
  version integer not null,
  opened_through timestamptz not null
);
create index account_opened_through on charging.account (opened_through);
create table charging.bill_cycle (
  zone text not null,
  bill_day smallint not null,
  primary key (zone, bill_day)
);
create table charging.product_locator (
  product_id uuid primary key,
  lane smallint not null,
  account_id uuid not null,
  card_group_id uuid not null
);
create table charging.product_version (
  lane smallint not null,
  product_id uuid not null,
  version integer not null,
  account_id uuid not null,
  card_group_id uuid not null,
  effective_from timestamptz not null,
  effective_to timestamptz,
  state jsonb not null,
  cause text not null,
  recorded_at timestamptz not null,
  primary key (lane, product_id, version)
);
create index product_version_account on charging.product_version (lane, account_id);
create table charging.number_holder (
  number text collate "C" not null,
  product_id uuid not null,
  lane smallint not null,
  account_id uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (number, product_id)
);
create table charging.offer (
  code text not null,
  version integer not null,
  document jsonb not null,
  primary key (code, version)
);
create table charging.policy (
  code text not null,
  version integer not null,
  kind text not null,
  effective_from date not null,
  effective_to date,
  document jsonb not null,
  primary key (code, version)
);`;

  /** Balances: one row per card group and period, its buckets, and the journal that explains each bucket. */
  private readonly balances = `
create table charging.group_period (
  lane smallint not null,
  card_group_id uuid not null,
  period text collate "C" not null,
  account_id uuid not null,
  counters jsonb not null,
  last_late boolean,
  last_used_at timestamptz,
  last_source text collate "C",
  last_record_id text collate "C",
  needs_rerate boolean not null,
  primary key (lane, card_group_id, period)
) with (fillfactor = 70);
create index group_period_marked on charging.group_period (lane, card_group_id) where needs_rerate;
create index group_period_account on charging.group_period (lane, account_id);
create table charging.bucket (
  lane smallint not null,
  card_group_id uuid not null,
  period text collate "C" not null,
  code text collate "C" not null,
  bucket_id uuid not null,
  account_id uuid not null,
  product_id uuid,
  origin text not null,
  label jsonb not null,
  usage_classes text[] not null,
  unit text not null,
  granted bigint not null,
  remaining bigint not null,
  reserved bigint not null default 0,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  priority integer not null,
  rollover jsonb,
  offering_code text not null,
  offering_version integer not null,
  primary key (lane, card_group_id, period, code),
  constraint bucket_conserved check (remaining between 0 and granted and reserved >= 0)
) with (fillfactor = 70);
create index bucket_account on charging.bucket (lane, account_id, period);
create table charging.bucket_entry (
  lane smallint not null,
  bucket_id uuid not null,
  entry_id uuid not null,
  kind text not null,
  delta bigint not null,
  reference text not null,
  business_at timestamptz not null,
  primary key (lane, bucket_id, entry_id),
  constraint bucket_entry_kind check (kind in ('grant', 'use', 'rerate') and delta <> 0)
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.projections);
    await runner.query(this.balances);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
