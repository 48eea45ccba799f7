import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases of dunning with their steps, the stops that are ordered for them, late fees, disputes, promises, and what is known of products. */
export class CreateDunning1700000000160 implements MigrationInterface {
  name = 'CreateDunning1700000000160';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(products);
    await runner.query(cases);
    await runner.query(stops);
    await runner.query(lateFees);
    await runner.query(disputes);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const products = `
create table receivables.product (
  lane smallint not null,
  product_id uuid not null,
  account_id uuid not null,
  card_group_id uuid not null,
  version integer not null,
  is_live boolean not null,
  state jsonb not null,
  primary key (lane, product_id)
);
create index product_account on receivables.product (lane, account_id) where is_live;
create table receivables.offering (
  code text not null,
  version integer not null,
  line_of_business text not null,
  primary key (code, version)
)`;

// next_review_at: when a state may come to hold, or at once when something changed. is_watched: something is late or stopped.
const cases = `
create table receivables.dunning_account (
  lane smallint not null,
  account_id uuid not null,
  customer_class text not null,
  is_exempt boolean not null,
  bears_late_fee boolean not null,
  terms_reason text,
  is_watched boolean not null,
  next_review_at timestamptz,
  primary key (lane, account_id)
);
create index dunning_account_due on receivables.dunning_account (next_review_at) where next_review_at is not null;
create table receivables.dunning_promise (
  lane smallint not null,
  promise_id uuid not null,
  account_id uuid not null,
  until date not null,
  releases boolean not null,
  reason text not null,
  given_by text not null,
  given_at timestamptz not null,
  ended_at timestamptz,
  primary key (lane, promise_id)
);
create unique index dunning_promise_open on receivables.dunning_promise (lane, account_id) where ended_at is null;
create table receivables.dunning_case (
  lane smallint not null,
  case_id uuid not null,
  account_id uuid not null,
  service text not null,
  stop text not null,
  state_code text,
  noticed jsonb not null,
  steps integer not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (lane, case_id),
  constraint dunning_case_stop check (stop in ('none', 'barred-outgoing', 'full-stop', 'termination'))
);
create unique index dunning_case_open on receivables.dunning_case (lane, account_id, service) where closed_at is null;
create index dunning_case_account on receivables.dunning_case (lane, account_id, opened_at);
create table receivables.dunning_step (
  lane smallint not null,
  case_id uuid not null,
  no integer not null,
  kind text not null,
  state jsonb,
  stop text not null,
  overdue_fen bigint not null,
  overdue_days integer,
  at timestamptz not null,
  primary key (lane, case_id, no),
  constraint dunning_step_kind check (kind in ('notice', 'stop', 'resume', 'closed'))
)`;

const stops = `
create table receivables.dunning_stop (
  lane smallint not null,
  product_id uuid not null,
  account_id uuid not null,
  wanted text not null,
  attempt integer not null,
  tries integer not null,
  order_id uuid,
  next_try_at timestamptz,
  primary key (lane, product_id),
  constraint dunning_stop_wanted check (wanted in ('none', 'barred-outgoing', 'full-stop', 'termination'))
);
create index dunning_stop_due on receivables.dunning_stop (next_try_at) where next_try_at is not null;
create index dunning_stop_order on receivables.dunning_stop (lane, order_id)`;

// A charge is written once for each (bill, tax rate, turn): what should have accrued until then less what was charged.
const lateFees = `
create table receivables.late_fee (
  lane smallint not null,
  bill_id uuid not null,
  account_id uuid not null,
  number text not null,
  late_from date not null,
  principal_fen bigint not null,
  taxes jsonb not null,
  waived_fen bigint not null,
  turns integer not null,
  is_settled boolean not null,
  primary key (lane, bill_id),
  constraint late_fee_not_negative check (principal_fen >= 0 and waived_fen >= 0)
);
create index late_fee_account on receivables.late_fee (lane, account_id, late_from) where not is_settled;
create table receivables.late_fee_charge (
  lane smallint not null,
  charge_id uuid not null,
  bill_id uuid not null,
  account_id uuid not null,
  turn integer not null,
  percent text not null,
  tax_class text not null,
  charge_class text not null,
  label text not null,
  amount_fen bigint not null,
  service_date date not null,
  explanation jsonb not null,
  state text not null,
  decided_at timestamptz not null,
  next_try_at timestamptz,
  billing_charge_id uuid,
  refusal text,
  primary key (lane, charge_id),
  constraint late_fee_charge_turn unique (lane, bill_id, turn, percent),
  constraint late_fee_charge_state check (state in ('decided', 'charged', 'refused'))
);
create index late_fee_charge_account on receivables.late_fee_charge (lane, account_id);
create index late_fee_charge_due on receivables.late_fee_charge (next_try_at) where next_try_at is not null;
create table receivables.late_fee_waiver (
  lane smallint not null,
  waiver_id uuid not null,
  bill_id uuid not null,
  account_id uuid not null,
  amount_fen bigint not null,
  reason text not null,
  waived_by text not null,
  waived_at timestamptz not null,
  primary key (lane, waiver_id),
  constraint late_fee_waiver_positive check (amount_fen > 0)
);
create index late_fee_waiver_bill on receivables.late_fee_waiver (lane, bill_id)`;

const disputes = `
create table receivables.dispute (
  lane smallint not null,
  dispute_id uuid not null,
  account_id uuid not null,
  bill_id uuid not null,
  line_no integer,
  amount_fen bigint not null,
  reason text not null,
  state text not null,
  opened_on date not null,
  opened_at timestamptz not null,
  opened_by text not null,
  resolved_on date,
  resolved_by text,
  resolution text,
  days_count boolean,
  primary key (lane, dispute_id),
  constraint dispute_state check (state in ('open', 'accepted', 'rejected', 'credited')),
  constraint dispute_positive check (amount_fen > 0)
);
create index dispute_account on receivables.dispute (lane, account_id, opened_at);
create index dispute_bill on receivables.dispute (lane, bill_id);
create table receivables.dispute_lane (
  dispute_id uuid primary key,
  lane smallint not null
)`;
