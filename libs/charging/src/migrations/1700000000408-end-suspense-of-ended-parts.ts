import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Suspense and parts of calls that were ended one without the other before. Counters of files were moved with the parts, and stay.
 * Parts in calls that became one event: their suspense ended with them only where parts had been missing. When they ended is
 * not known: as they were set aside. Parts whose suspense ended otherwise, such as given up: their calls went on with them.
 */
export class EndSuspenseOfEndedParts1700000000408 implements MigrationInterface {
  name = 'EndSuspenseOfEndedParts1700000000408';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update charging.suspended_usage s set state = p.state, ended_at = s.suspended_at
      from charging.usage_part p
      where s.state = 'open' and s.holds_key and p.source = s.source collate "C" and p.record_id = s.record_id collate "C"
        and p.state in ('rated', 'reconciled', 'combined')`);
    await runner.query(`
      delete from charging.usage_part p
      where p.state = 'suspended'
        and exists (select 1 from charging.suspended_usage s
          where s.source collate "C" = p.source and s.record_id collate "C" = p.record_id and s.holds_key and s.state <> 'open')
        and not exists (select 1 from charging.suspended_usage s
          where s.source collate "C" = p.source and s.record_id collate "C" = p.record_id and s.holds_key and s.state = 'open')`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
