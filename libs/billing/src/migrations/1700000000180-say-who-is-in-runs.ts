import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs that ended before prepaid accounts were drafted are not expected to have looked at any. */
export class SayWhoIsInRuns1700000000180 implements MigrationInterface {
  name = 'SayWhoIsInRuns1700000000180';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table billing.bill_run add column includes_prepaid boolean not null default true',
    );
    await runner.query(withoutPrepaid);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const withoutPrepaid = `
update billing.bill_run as run set includes_prepaid = false
where state in ('completed', 'rejected') and not exists (
  select from billing.billing_claim as claim join billing.account using (lane, account_id)
  where claim.run_id = run.run_id and payment_mode = 'prepaid')`;
