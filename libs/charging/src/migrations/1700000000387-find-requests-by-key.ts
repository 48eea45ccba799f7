import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The index of creates by key begins with the key. While the table was small, PostgreSQL took one that begins with the lane for
 * as good as the primary key, and looked through all sessions of a lane until the table was next analyzed.
 */
export class FindRequestsByKey1700000000387 implements MigrationInterface {
  name = 'FindRequestsByKey1700000000387';

  private readonly indexes = `
drop index charging.session_request;
create unique index session_request on charging.session (request_key, lane);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.indexes);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
