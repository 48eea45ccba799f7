import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the types by which many rows of many columns are written with one parameter (row-array.ts). */
export class CreateRowTypes1700000000082 implements MigrationInterface {
  name = 'CreateRowTypes1700000000082';

  private readonly types = `
create type charging.session_row as (
  lane smallint,
  session_id uuid,
  account_id uuid,
  product_id uuid,
  card_group_id uuid,
  period text,
  subscriber text,
  consumer text,
  charging_id bigint,
  notify_uri text,
  peer text,
  started_at timestamptz,
  request_key uuid,
  created text,
  state text,
  expires_at timestamptz,
  lines jsonb,
  reserved jsonb,
  pace jsonb,
  answers text
);
create type charging.rated_usage_row as (
  lane smallint,
  usage_id uuid,
  account_id uuid,
  card_group_id uuid,
  period text,
  product_id uuid,
  card text,
  source text,
  record_id text,
  file_id uuid,
  is_late boolean,
  used_at timestamptz,
  usage_class text,
  peer text,
  quantity bigint,
  prerated_amount bigint,
  offering_code text,
  offering_version integer,
  booked_product_id uuid,
  booked_card text,
  charge_code text,
  charge_class text,
  tax_class text,
  counter_key text,
  unit text,
  units_total bigint,
  units_charged bigint,
  takes jsonb,
  amount bigint,
  zeroed_by_cap boolean,
  parts jsonb
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.types);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
