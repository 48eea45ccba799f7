import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Top-ups that wait to be granted, and what of prepayments was consumed. */
export class CreatePrepayment1700000000001 implements MigrationInterface {
  name = 'CreatePrepayment1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(prepayment);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

// Accounts that opened before were all postpaid: nothing could be paid in advance.
const prepayment = `
alter table receivables.account add payment_mode text not null default 'postpaid';
create table receivables.policy (
  code text not null,
  version integer not null,
  kind text not null,
  document jsonb not null,
  primary key (code, version)
);
create table receivables.top_up (
  lane smallint not null,
  payment_id uuid not null,
  account_id uuid not null,
  amount_fen bigint not null,
  method text not null,
  state text not null,
  booked_at timestamptz not null,
  granted_at timestamptz,
  outcome jsonb,
  primary key (lane, payment_id),
  constraint top_up_state check (state in ('booked', 'granted', 'refused'))
);
create index top_up_account on receivables.top_up (lane, account_id, payment_id);
create index top_up_waiting on receivables.top_up (payment_id) where state = 'booked';
create table receivables.top_up_lane (
  payment_id uuid primary key,
  lane smallint not null
);
create table receivables.consumption (
  lane smallint not null,
  account_id uuid not null,
  day date not null,
  version integer not null,
  posted jsonb not null,
  primary key (lane, account_id, day)
);
create table receivables.prepayment (
  lane smallint not null,
  account_id uuid not null,
  paid_fen bigint not null,
  moved jsonb not null,
  primary key (lane, account_id)
)`;
