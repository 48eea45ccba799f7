import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trials of draft documents, with their results. */
export class CreateWhatIf1700000000051 implements MigrationInterface {
  name = 'CreateWhatIf1700000000051';

  private readonly tables = `
create table charging.what_if (
  what_if_id uuid primary key,
  state text not null,
  period text not null,
  draft jsonb not null,
  conflicts text[] not null,
  requested_by text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  accounts_total integer not null default 0,
  accounts_done integer not null default 0,
  working_since timestamptz,
  cursor_account uuid,
  constraint what_if_state check (state in ('running', 'done', 'cancelled'))
);
create index what_if_running on charging.what_if (what_if_id) where state = 'running';
create table charging.what_if_line (
  what_if_id uuid not null,
  offering_code text not null,
  kind text not null,
  charge_code text not null,
  count integer not null,
  amount_before bigint not null,
  amount_after bigint not null,
  primary key (what_if_id, offering_code, kind, charge_code)
);
create table charging.what_if_account (
  lane smallint not null,
  what_if_id uuid not null,
  account_id uuid not null,
  usage_before bigint not null,
  usage_after bigint not null,
  fees_before bigint not null,
  fees_after bigint not null,
  problem text,
  primary key (lane, what_if_id, account_id)
);
create index what_if_account_trial on charging.what_if_account (what_if_id, account_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
