import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of offers that mend earlier ones, and how far the fees of prepaid accounts follow them. */
export class CorrectFees1700000000221 implements MigrationInterface {
  name = 'CorrectFees1700000000221';

  private readonly table = `
create table charging.fee_correction (
  code text not null,
  version integer not null,
  next_lane smallint not null default 0,
  after_account uuid,
  published_at timestamptz not null,
  finished_at timestamptz,
  primary key (code, version)
);
create index fee_correction_open on charging.fee_correction (published_at) where finished_at is null;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.table);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
