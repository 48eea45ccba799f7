import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the tables of usage files, records, suspense and rated usage. */
export class CreateUsage1700000000001 implements MigrationInterface {
  name = 'CreateUsage1700000000001';

  /** Usage: where it came from, what it came to, what was set aside. */
  private readonly usage = `
create table charging.usage_source (
  source text primary key,
  closed_through timestamptz not null,
  version integer not null
);
create table charging.source_close (
  source text not null,
  through timestamptz not null,
  requested_by text not null,
  requested_at timestamptz not null,
  closed_at timestamptz,
  primary key (source, through)
);
create index source_close_waiting on charging.source_close (source) where closed_at is null;
create table charging.usage_file (
  file_id uuid primary key,
  source text not null,
  file_name text not null,
  content_hash text not null,
  size_bytes bigint not null,
  state text not null,
  reason text,
  checkpoint_bytes bigint not null default 0,
  checkpoint_lines integer not null default 0,
  columns text[] not null default '{}',
  read integer not null default 0,
  rated integer not null default 0,
  duplicates integer not null default 0,
  suspended integer not null default 0,
  reconciled integer not null default 0,
  received_by text not null,
  received_at timestamptz not null,
  finished_at timestamptz,
  constraint usage_file_state check (state in ('received', 'collecting', 'collected', 'failed')),
  constraint usage_file_counted check (read = rated + duplicates + suspended + reconciled)
) with (fillfactor = 70);
create index usage_file_open on charging.usage_file (source) where state in ('received', 'collecting');
create index usage_file_received on charging.usage_file (received_at);
create table charging.usage_record_key (
  source text collate "C" not null,
  record_id text collate "C" not null,
  variant text collate "C" not null,
  body_hash text not null,
  primary key (source, record_id, variant)
);
create table charging.suspended_usage (
  suspense_id uuid primary key,
  source text not null,
  file_id uuid not null,
  line_number integer not null,
  record_id text,
  reason text not null,
  detail text not null,
  line text not null,
  cells jsonb not null,
  holds_key boolean not null,
  state text not null,
  suspended_at timestamptz not null,
  ended_at timestamptz,
  constraint suspended_usage_state check (state in ('open', 'rated', 'duplicate', 'reconciled', 'discarded'))
);
create index suspended_usage_open on charging.suspended_usage (source, suspense_id) where state = 'open';
create table charging.reconciled_usage (
  source text collate "C" not null,
  record_id text collate "C" not null,
  lane smallint not null,
  product_id uuid not null,
  file_id uuid not null,
  usage_class text not null,
  used_at timestamptz not null,
  quantity bigint not null,
  primary key (source, record_id)
);
create table charging.rated_usage (
  lane smallint not null,
  usage_id uuid not null,
  account_id uuid not null,
  card_group_id uuid not null,
  period text collate "C" not null,
  product_id uuid not null,
  card text not null,
  source text collate "C" not null,
  record_id text collate "C" not null,
  file_id uuid,
  is_late boolean not null,
  used_at timestamptz not null,
  usage_class text not null,
  peer text,
  quantity bigint not null,
  offering_code text not null,
  offering_version integer not null,
  booked_product_id uuid not null,
  booked_card text not null,
  charge_code text not null,
  charge_class text not null,
  tax_class text not null,
  counter_key text not null,
  unit text not null,
  units_total bigint not null,
  units_charged bigint not null,
  takes jsonb not null,
  amount bigint not null,
  zeroed_by_cap boolean not null,
  revision integer not null default 1,
  rated_at timestamptz not null,
  primary key (lane, usage_id)
);
create index rated_usage_order on charging.rated_usage
  (lane, card_group_id, period, is_late, used_at, source, record_id);
create index rated_usage_account on charging.rated_usage (lane, account_id, period, used_at, usage_id);
create index rated_usage_source on charging.rated_usage (source);
create table charging.usage_total (
  lane smallint not null,
  account_id uuid not null,
  period text collate "C" not null,
  product_id uuid not null,
  charge_code text not null,
  offering_code text not null,
  offering_version integer not null,
  card text not null,
  charge_class text not null,
  tax_class text not null,
  unit text not null,
  amount bigint not null,
  event_count integer not null,
  units_total bigint not null,
  units_from_allowance bigint not null,
  units_charged bigint not null,
  primary key (lane, account_id, period, product_id, charge_code, offering_code, offering_version)
) with (fillfactor = 70);
create table charging.account_period (
  lane smallint not null,
  account_id uuid not null,
  period text collate "C" not null,
  version integer not null,
  primary key (lane, account_id, period)
) with (fillfactor = 70);
create table charging.rerate (
  lane smallint not null,
  rerate_id uuid not null,
  card_group_id uuid not null,
  period text not null,
  events integer not null,
  changed integer not null,
  amount_delta bigint not null,
  cause text not null,
  business_at timestamptz not null,
  primary key (lane, rerate_id)
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.usage);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
