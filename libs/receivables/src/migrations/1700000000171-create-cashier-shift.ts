import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tills, shifts of cashiers at them, and their receipts. A till belongs to no account, and so to no lane. */
export class CreateCashierShift1700000000171 implements MigrationInterface {
  name = 'CreateCashierShift1700000000171';

  private readonly statements = `
create table receivables.till (
  till text primary key,
  last_sequence bigint not null,
  needs_shift boolean not null
);
create table receivables.cashier_shift (
  shift_id uuid primary key,
  till text not null,
  clerk text not null,
  state text not null,
  float_fen bigint not null,
  opened_at timestamptz not null,
  expected_fen bigint,
  counted_fen bigint,
  counted_at timestamptz,
  approved_by text,
  closed_at timestamptz,
  constraint cashier_shift_state check (state in ('open', 'counted', 'closed')),
  constraint cashier_shift_second_person check (approved_by <> clerk)
);
create unique index cashier_shift_clerk on receivables.cashier_shift (clerk) where state = 'open';
create unique index cashier_shift_till on receivables.cashier_shift (till) where state <> 'closed';
create table receivables.cash_receipt (
  till text not null,
  sequence bigint not null,
  shift_id uuid not null,
  kind text not null,
  reference_id uuid not null,
  account_id uuid not null,
  amount_fen bigint not null,
  at timestamptz not null,
  primary key (till, sequence),
  constraint cash_receipt_reference unique (kind, reference_id)
);
create index cash_receipt_shift on receivables.cash_receipt (shift_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
