import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that are free of tax by a certificate. */
export class CreateTaxExemption1700000000171 implements MigrationInterface {
  name = 'CreateTaxExemption1700000000171';

  private readonly statements = `
create table billing.tax_exemption (
  lane smallint not null,
  exemption_id uuid not null,
  account_id uuid not null,
  certificate text not null,
  from_day date not null,
  to_day date,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (lane, exemption_id),
  constraint tax_exemption_days check (to_day is null or to_day >= from_day)
);
create index tax_exemption_account on billing.tax_exemption (lane, account_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
