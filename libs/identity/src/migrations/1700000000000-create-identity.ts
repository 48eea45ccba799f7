import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Staff, and the guard against guessing passwords. */
export class CreateIdentity1700000000000 implements MigrationInterface {
  name = 'CreateIdentity1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table identity.staff (
  id uuid not null,
  username text not null,
  display_name text not null,
  password_hash text not null,
  roles text[] not null,
  created_at timestamptz not null,
  created_by text not null,
  disabled_at timestamptz,
  constraint staff_key primary key (id),
  constraint staff_roles check (
    roles <@ array['counter', 'billing', 'operations', 'partner'] and cardinality(roles) > 0)
);
create unique index staff_username on identity.staff (username);

create table identity.sign_in_guard (
  username_hash bytea not null,
  failures timestamptz[] not null,
  last_attempt_at timestamptz not null,
  constraint sign_in_guard_key primary key (username_hash)
);
create index sign_in_guard_last_attempt on identity.sign_in_guard (last_attempt_at);
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
