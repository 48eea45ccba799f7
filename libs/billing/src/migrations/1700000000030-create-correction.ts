import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of offers that mend earlier ones, and how far the periods that those were billed for are opened again. */
export class CreateCorrection1700000000030 implements MigrationInterface {
  name = 'CreateCorrection1700000000030';

  private readonly table = `
create table billing.correction (
  code text not null,
  version integer not null,
  next_lane smallint not null default 0,
  published_at timestamptz not null,
  finished_at timestamptz,
  primary key (code, version)
);
create index correction_open on billing.correction (published_at) where finished_at is null;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.table);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
