import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Buckets that are limited to zones, bands and members; usage that was rated in parts. */
export class WidenRating1700000000010 implements MigrationInterface {
  name = 'WidenRating1700000000010';

  private readonly buckets = `
alter table charging.bucket
  add column rank text not null default 'base',
  add column zones text[],
  add column bands text[],
  add column member_cap bigint,
  add column member_used jsonb not null default '{}',
  add column owner_product_id uuid,
  add column is_blocker boolean not null default false;`;

  private readonly parts = `alter table charging.rated_usage add column parts jsonb;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.buckets);
    await runner.query(this.parts);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
