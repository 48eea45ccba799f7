import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Statements show what became of bonuses too: days are looked at again from the first bonus on. Those on which none was given
 * or ended come out as they were told, and are not told again.
 */
export class TellBonuses1700000000220 implements MigrationInterface {
  name = 'TellBonuses1700000000220';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(again);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const again = `
update charging.posting_zone z set posted_through = least(z.posted_through, first.day - 1)
from (
  select a.zone, min(e.local_day) as day from charging.money_entry e join charging.account a using (account_id)
  where e.bucket_id <> e.account_id group by a.zone
) as first
where first.zone = z.zone`;
