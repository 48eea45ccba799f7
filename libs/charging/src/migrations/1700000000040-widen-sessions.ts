import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions of every usage class, decided in batches: a session's row holds what it has used and reserved; answers are
 * found by a key of fixed size; totals that are to be published are marked where their versions are counted.
 */
export class WidenSessions1700000000040 implements MigrationInterface {
  name = 'WidenSessions1700000000040';

  private readonly sessions = `
alter table charging.session
  add column notify_uri text,
  add column peer text,
  add column lines jsonb not null default '[]',
  add column reserved jsonb not null default '[]',
  add column pace jsonb not null default '[]';
update charging.session s set lines = jsonb_build_array(jsonb_build_object(
  'usageId', s.session_id, 'usageClass', 'data', 'from', to_char(s.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'used', s.used_octets::text)) where s.used_octets > 0;
update charging.session s set reserved = held.reserved from (
  select lane, session_id, jsonb_agg(jsonb_build_object('ratingGroup', rating_group, 'upfId', upf_id, 'usageClass', 'data',
    'kind', 'units', 'bucket', bucket_code, 'units', units::text)) as reserved
  from charging.reservation group by lane, session_id) held
where (s.lane, s.session_id) = (held.lane, held.session_id);
alter table charging.session drop column used_octets;
drop table charging.reservation;
drop table charging.session_locator;
drop table charging.session_request;
create table charging.session_answer (
  scope uuid not null,
  sequence_number bigint not null,
  body_hash uuid not null,
  session_id uuid,
  status smallint not null,
  answer text,
  primary key (scope, sequence_number)
);`;

  private readonly totals = `
alter table charging.account_period add column is_pending boolean not null default false;
create index account_period_pending on charging.account_period (lane, account_id, period) where is_pending;`;

  private readonly books = `
alter table charging.account add column products_version integer not null default 0;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.sessions);
    await runner.query(this.totals);
    await runner.query(this.books);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
