import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the type of entries as a batch writes them. */
export class CreateEntryType1700000000386 implements MigrationInterface {
  name = 'CreateEntryType1700000000386';

  private readonly type = `
create type charging.bucket_entry_row as (
  lane smallint,
  bucket_id uuid,
  entry_id uuid,
  kind text,
  delta bigint,
  reference text
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.type);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
