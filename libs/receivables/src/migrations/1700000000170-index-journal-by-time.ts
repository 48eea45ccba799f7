import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order in which the general ledger is exported. */
export class IndexJournalByTime1700000000170 implements MigrationInterface {
  name = 'IndexJournalByTime1700000000170';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index journal_entry_time on receivables.journal_entry (booked_at, lane, kind, reference_id)`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
