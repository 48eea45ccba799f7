import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cash of closed shifts that was paid in at the bank; how far the import of a bank statement is. */
export class BankCash1700000000250 implements MigrationInterface {
  name = 'BankCash1700000000250';

  private readonly statements = `
create table receivables.cash_banking (
  banking_id uuid primary key,
  shift_id uuid not null,
  amount_fen bigint not null,
  reference text not null,
  banked_by text not null,
  banked_at timestamptz not null,
  constraint cash_banking_positive check (amount_fen > 0)
);
create index cash_banking_shift on receivables.cash_banking (shift_id);
alter table receivables.statement_file add to_take integer not null default 0, add taken integer not null default 0;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
