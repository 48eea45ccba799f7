import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the types of rows that batches write or compare, as 1700000000082 has done for those that they insert. */
export class CreateWriteTypes1700000000385 implements MigrationInterface {
  name = 'CreateWriteTypes1700000000385';

  private readonly types = `
create type charging.session_state_row as (
  lane smallint,
  session_id uuid,
  version xid,
  state text,
  expires_at timestamptz,
  lines text,
  reserved text,
  pace text,
  answers text
);
create type charging.group_state_row as (
  lane smallint,
  card_group_id uuid,
  period text,
  counters jsonb,
  last_late boolean,
  last_used_at timestamptz,
  last_source text,
  last_record_id text,
  needs_rerate boolean,
  spent jsonb,
  version xid
);
create type charging.known_holder_row as (
  number text,
  versions xid[]
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.types);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
