import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Value dates, allocations that can be taken back, deposits, movements, receipts from banks and gateways, instalment plans. */
export class CreateSettlement1700000000150 implements MigrationInterface {
  name = 'CreateSettlement1700000000150';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ledger);
    await runner.query(payments);
    await runner.query(allocations);
    await runner.query(movements);
    await runner.query(receipts);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const ledger = `
alter table receivables.account_ledger add deposit_fen bigint not null default 0;
alter table receivables.account_ledger drop constraint account_ledger_not_negative;
alter table receivables.account_ledger add constraint account_ledger_not_negative
  check (receivable_fen >= 0 and credit_fen >= 0 and deposit_fen >= 0);
alter table receivables.open_item
  add disputed_fen bigint not null default 0,
  add instalment_fen bigint not null default 0,
  add constraint open_item_held
    check (disputed_fen >= 0 and instalment_fen >= 0 and disputed_fen + instalment_fen <= open_fen);
alter table receivables.bill_lane add number text;
update receivables.bill_lane as directory set number = item.number
from receivables.open_item as item where item.lane = directory.lane and item.bill_id = directory.bill_id;
create index bill_lane_number on receivables.bill_lane (number)`;

// What was paid before has the day on which it was received, in the account's zone.
const payments = `
alter table receivables.payment add value_date date, add reference text;
update receivables.payment set value_date = coalesce(
  (select (received_at at time zone account.zone)::date from receivables.account where account.account_id = payment.account_id),
  received_at::date);
alter table receivables.payment alter value_date set not null;
create table receivables.payment_lane (
  payment_id uuid primary key,
  lane smallint not null
);
insert into receivables.payment_lane select payment_id, lane from receivables.payment`;

const allocations = `
alter table receivables.allocation
  add allocation_id uuid, add line_no integer, add value_date date, add reversed_at timestamptz;
update receivables.allocation set allocation_id = gen_random_uuid(), value_date = coalesce(
  (select (allocated_at at time zone account.zone)::date from receivables.account where account.account_id = allocation.account_id),
  allocated_at::date);
alter table receivables.allocation
  alter allocation_id set not null, alter value_date set not null,
  drop constraint allocation_pkey, add primary key (lane, allocation_id);
create index allocation_source on receivables.allocation (lane, source_id)`;

const movements = `
create table receivables.movement (
  lane smallint not null,
  movement_id uuid not null,
  account_id uuid not null,
  kind text not null,
  amount_fen bigint not null,
  method text,
  reference_id uuid,
  reason text,
  value_date date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (lane, movement_id),
  constraint movement_positive check (amount_fen > 0)
);
create index movement_account on receivables.movement (lane, account_id, recorded_at);
create table receivables.movement_lane (
  movement_id uuid primary key,
  lane smallint not null
);
create table receivables.instalment_plan (
  lane smallint not null,
  plan_id uuid not null,
  account_id uuid not null,
  state text not null,
  parts jsonb not null,
  items jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  primary key (lane, plan_id),
  constraint instalment_plan_state check (state in ('active', 'kept', 'broken', 'cancelled'))
);
create unique index instalment_plan_active on receivables.instalment_plan (lane, account_id) where state = 'active';
create index instalment_plan_account on receivables.instalment_plan (lane, account_id, created_at)`;

// Money whose account is not known yet lies in no lane.
const receipts = `
create table receivables.receipt (
  receipt_id uuid primary key,
  source text not null,
  reference text not null,
  content_hash text not null,
  file_id uuid,
  amount_fen bigint not null,
  value_date date not null,
  payer text not null,
  remark text not null,
  state text not null,
  matched_by text,
  account_id uuid,
  payment_id uuid,
  received_at timestamptz not null,
  matched_at timestamptz,
  constraint receipt_reference unique (source, reference),
  constraint receipt_positive check (amount_fen > 0),
  constraint receipt_state check ((state = 'matched') = (payment_id is not null) and state in ('matched', 'unmatched'))
);
create index receipt_unmatched on receivables.receipt (receipt_id) where state = 'unmatched';
create index receipt_file on receivables.receipt (file_id);
create table receivables.statement_file (
  file_id uuid primary key,
  source text not null,
  name text not null,
  content_hash text not null,
  lines integer not null,
  matched integer not null,
  unmatched integer not null,
  duplicates integer not null,
  ignored integer not null,
  refused jsonb not null,
  received_at timestamptz not null,
  received_by text not null,
  constraint statement_file_content unique (source, content_hash)
)`;
