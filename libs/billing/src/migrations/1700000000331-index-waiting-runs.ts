import type { MigrationInterface, QueryRunner } from 'typeorm';

/** After months of downtime each cycle has as many runs that wait; only its first one can go on. */
export class IndexWaitingRuns1700000000331 implements MigrationInterface {
  name = 'IndexWaitingRuns1700000000331';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index bill_run_waiting on billing.bill_run (bill_day, zone, period)
       where state = 'waiting' and paused_by is null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
