import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is in the rows of a card group's buckets stands in its own row too, as a short text (balance/bucket-text.ts), so that who comes
 * online for the first time is read without them. Null: there are none, or they changed since. Periods that are open now get it when
 * something is granted or rated again, and the next ones when they begin: until then they are read as before.
 */
export class KeepBucketsInGroups1700000000402 implements MigrationInterface {
  name = 'KeepBucketsInGroups1700000000402';

  private readonly text = `
alter table charging.group_period add column bucket_rows text;
alter type charging.group_state_row add attribute changes_bucket_rows boolean;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.text);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
