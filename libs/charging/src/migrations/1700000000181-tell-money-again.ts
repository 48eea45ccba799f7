import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Billing makes statements of what it is told of fees and of each day's money, and both came later than charging: everything
 * is told once more, so that statements and control totals begin where the money does. Who knows a day takes its new version.
 */
export class TellMoneyAgain1700000000181 implements MigrationInterface {
  name = 'TellMoneyAgain1700000000181';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`update charging.consumption_day set told = '{}'`);
    await runner.query(again);
    await runner.query(
      'create index prepaid_fee_untold on charging.prepaid_fee (lane, product_id) where told <> paid',
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const again = `
update charging.posting_zone z set posted_through = least(z.posted_through, first.day - 1)
from (
  select a.zone, min(e.local_day) as day from charging.money_entry e join charging.account a using (account_id)
  group by a.zone
) as first
where first.zone = z.zone`;
