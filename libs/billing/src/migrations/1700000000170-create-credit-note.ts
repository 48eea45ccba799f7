import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Credit notes by hand: what they credit, and why. */
export class CreateCreditNote1700000000170 implements MigrationInterface {
  name = 'CreateCreditNote1700000000170';

  private readonly statements = `
create table billing.credit_note (
  lane smallint not null,
  bill_id uuid not null,
  credited_bill_id uuid not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  primary key (lane, bill_id)
);
create index credit_note_credited on billing.credit_note (lane, credited_bill_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
