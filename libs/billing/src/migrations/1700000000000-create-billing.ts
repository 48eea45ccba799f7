import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What billing knows of others, bills and what they are made of, runs. */
export class CreateBilling1700000000000 implements MigrationInterface {
  name = 'CreateBilling1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(projections);
    await runner.query(runs);
    await runner.query(bills);
    await runner.query(charges);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const projections = `
create table billing.account (
  account_id uuid primary key,
  lane smallint not null,
  customer_id uuid not null,
  balance_group_id uuid not null,
  bill_day smallint not null,
  zone text not null,
  payment_mode text not null,
  opened_at timestamptz not null
);
create index account_cycle on billing.account (bill_day, zone, lane, balance_group_id);
create index account_customer on billing.account (customer_id);
create table billing.bill_cycle (
  bill_day smallint not null,
  zone text not null,
  primary key (bill_day, zone)
);
create table billing.product (
  lane smallint not null,
  product_id uuid not null,
  account_id uuid not null,
  version integer not null,
  state jsonb not null,
  primary key (lane, product_id)
);
create index product_account on billing.product (lane, account_id);
create table billing.offer (
  code text not null,
  version integer not null,
  document jsonb not null,
  primary key (code, version)
);
create table billing.policy (
  code text not null,
  version integer not null,
  document jsonb not null,
  primary key (code, version)
);
create table billing.usage_statement (
  lane smallint not null,
  account_id uuid not null,
  period text not null,
  version integer not null,
  totals jsonb not null,
  primary key (lane, account_id, period)
);
create table billing.source_watermark (
  source text primary key,
  through timestamptz not null
)`;

const runs = `
create table billing.bill_run (
  run_id uuid primary key,
  period text not null,
  bill_day smallint not null,
  zone text not null,
  period_to timestamptz not null,
  trigger text not null,
  is_forced boolean not null,
  reason text,
  requested_by text not null,
  state text not null,
  waiting_for jsonb not null,
  checks jsonb not null,
  cursor_lane smallint not null,
  cursor_group uuid,
  lanes jsonb not null,
  stage_lane smallint not null,
  accounts integer not null,
  added integer not null,
  quarantined integer not null,
  created_at timestamptz not null,
  completed_at timestamptz
);
create unique index bill_run_one_at_a_time on billing.bill_run (period, bill_day, zone)
  where state not in ('completed', 'rejected');
create index bill_run_period on billing.bill_run (period, created_at);
create table billing.billing_claim (
  lane smallint not null,
  account_id uuid not null,
  period text not null,
  run_id uuid not null,
  outcome text not null,
  bill_id uuid,
  reason_code text,
  reason text,
  claimed_at timestamptz not null,
  primary key (lane, account_id, period, run_id)
);
create index billing_claim_run on billing.billing_claim (run_id, outcome)`;

const bills = `
create table billing.bill (
  lane smallint not null,
  bill_id uuid not null,
  account_id uuid not null,
  customer_id uuid not null,
  run_id uuid not null,
  period text not null,
  period_from timestamptz not null,
  period_to timestamptz not null,
  state text not null,
  total_fen bigint not null,
  number text,
  issued_at timestamptz,
  due_at timestamptz,
  drafted_at timestamptz not null,
  primary key (lane, bill_id)
);
create unique index bill_once_a_run on billing.bill (lane, run_id, account_id);
create index bill_account on billing.bill (lane, account_id, period);
create table billing.bill_line (
  lane smallint not null,
  bill_id uuid not null,
  no integer not null,
  account_id uuid not null,
  service_period text not null,
  key text not null,
  card text not null,
  product_id uuid,
  charge_class text not null,
  charge_code text not null,
  label jsonb not null,
  amount_fen bigint not null,
  discount_fen bigint not null,
  net_fen bigint not null,
  exact_micro bigint not null,
  exact_usage_micro bigint not null,
  tax_class text not null,
  tax_percent text not null,
  tax_fen bigint not null,
  service_date date not null,
  made_from jsonb not null,
  explanation jsonb not null,
  primary key (lane, bill_id, no),
  constraint bill_line_net check (net_fen = amount_fen - discount_fen)
);
create index bill_line_service on billing.bill_line (lane, account_id, service_period);
create table billing.bill_tax (
  lane smallint not null,
  bill_id uuid not null,
  percent text not null,
  gross_fen bigint not null,
  tax_fen bigint not null,
  primary key (lane, bill_id, percent)
);
create table billing.bill_lane (
  bill_id uuid primary key,
  lane smallint not null,
  account_id uuid not null
);
create index bill_lane_account on billing.bill_lane (account_id);
create table billing.number_series (
  series text primary key,
  last_sequence bigint not null
);
create table billing.bill_number (
  series text not null,
  sequence bigint not null,
  bill_id uuid not null,
  primary key (series, sequence)
);
create unique index bill_number_bill on billing.bill_number (bill_id)`;

const charges = `
create table billing.one_time_charge (
  lane smallint not null,
  charge_id uuid not null,
  account_id uuid not null,
  charge_class text not null,
  label text not null,
  amount_fen bigint not null,
  tax_class text not null,
  service_date date not null,
  requested_at timestamptz not null,
  bill_id uuid,
  primary key (lane, charge_id)
);
create index one_time_charge_account on billing.one_time_charge (lane, account_id);
create table billing.reopened_period (
  lane smallint not null,
  account_id uuid not null,
  period text not null,
  cause text not null,
  reopened_at timestamptz not null,
  run_id uuid,
  primary key (lane, account_id, period)
)`;
