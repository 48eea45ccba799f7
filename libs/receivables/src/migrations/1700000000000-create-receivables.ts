import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, ledger, open items, payments and how they settle each other. */
export class CreateReceivables1700000000000 implements MigrationInterface {
  name = 'CreateReceivables1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(balancedFunction);
    await runner.query(accountTables);
    await runner.query(ledgerTables);
    await runner.query(paymentTables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

// Balanced entries are a CHECK on the row that holds the lines: no trigger, no second table (DESIGN §6).
const balancedFunction = `
create function receivables.is_balanced(lines jsonb) returns boolean
language sql immutable strict parallel safe
return (
  select count(*) >= 2
     and sum((line->>'debit')::bigint) = sum((line->>'credit')::bigint)
     and bool_and((line->>'debit')::bigint >= 0 and (line->>'credit')::bigint >= 0)
     and bool_and(((line->>'debit')::bigint = 0) <> ((line->>'credit')::bigint = 0))
  from jsonb_array_elements(lines) as line
)`;

const accountTables = `
create table receivables.account (
  account_id uuid primary key,
  lane smallint not null,
  customer_id uuid not null,
  zone text not null,
  opened_at timestamptz not null
);
create index account_customer on receivables.account (customer_id);
create table receivables.account_ledger (
  lane smallint not null,
  account_id uuid not null,
  receivable_fen bigint not null,
  credit_fen bigint not null,
  primary key (lane, account_id),
  constraint account_ledger_not_negative check (receivable_fen >= 0 and credit_fen >= 0)
)`;

const ledgerTables = `
create table receivables.journal_entry (
  lane smallint not null,
  kind text not null,
  reference_id uuid not null,
  account_id uuid not null,
  period text,
  booked_at timestamptz not null,
  lines jsonb not null,
  primary key (lane, kind, reference_id),
  constraint journal_entry_balanced check (receivables.is_balanced(lines))
);
create index journal_entry_account on receivables.journal_entry (lane, account_id, booked_at);
create table receivables.open_item (
  lane smallint not null,
  bill_id uuid not null,
  account_id uuid not null,
  number text not null,
  period text not null,
  issued_at timestamptz not null,
  due_at timestamptz not null,
  amount_fen bigint not null,
  open_fen bigint not null,
  primary key (lane, bill_id),
  constraint open_item_within_amount check (open_fen >= 0 and open_fen <= amount_fen)
);
create index open_item_account on receivables.open_item (lane, account_id, due_at);
create table receivables.bill_lane (
  bill_id uuid primary key,
  lane smallint not null
)`;

const paymentTables = `
create table receivables.payment (
  lane smallint not null,
  payment_id uuid not null,
  account_id uuid not null,
  amount_fen bigint not null,
  method text not null,
  received_at timestamptz not null,
  received_by text not null,
  primary key (lane, payment_id),
  constraint payment_positive check (amount_fen > 0)
);
create index payment_account on receivables.payment (lane, account_id, received_at);
create table receivables.allocation (
  lane smallint not null,
  source_id uuid not null,
  bill_id uuid not null,
  account_id uuid not null,
  source_kind text not null,
  amount_fen bigint not null,
  allocated_at timestamptz not null,
  primary key (lane, source_id, bill_id),
  constraint allocation_positive check (amount_fen > 0)
);
create index allocation_bill on receivables.allocation (lane, bill_id)`;
