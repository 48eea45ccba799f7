import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What billing was told of fees of prepaid accounts, for their statements. */
export class TellPrepaidFees1700000000095 implements MigrationInterface {
  name = 'TellPrepaidFees1700000000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table charging.prepaid_fee add column told bigint not null default 0,
         add column fact_version integer not null default 0`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
