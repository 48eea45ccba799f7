import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A usage file is read to its end by the version of its mapping with which it began; null: nothing of it is read yet, or it was
 * begun before this column, and is read on by the version that is in force.
 */
export class KeepMappingsOfFiles1700000000406 implements MigrationInterface {
  name = 'KeepMappingsOfFiles1700000000406';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table charging.usage_file
        add column mapping_code text,
        add column mapping_version integer`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
