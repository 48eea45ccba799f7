import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which version a zone plan or calendar mends. */
export class CorrectPolicies1700000000103 implements MigrationInterface {
  name = 'CorrectPolicies1700000000103';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table charging.policy add column corrects integer`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
