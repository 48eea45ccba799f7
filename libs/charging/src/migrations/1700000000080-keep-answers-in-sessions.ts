import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A session's row keeps what was answered in it and the key of its create: a table of answers less to write with every
 * request.
 */
export class KeepAnswersInSessions1700000000080 implements MigrationInterface {
  name = 'KeepAnswersInSessions1700000000080';

  private readonly answers = `
alter table charging.session
  add column request_key uuid,
  add column created text,
  add column answers text not null default '{"forgottenThrough":null,"last":[]}',
  drop constraint session_state,
  add constraint session_state check (state in ('open', 'expired', 'released', 'refused'));
update charging.session s set answers = '{"forgottenThrough":null,"last":' || given.answers || '}' from (
  select scope, json_agg(json_build_array(sequence_number, replace(body_hash::text, '-', ''), status, answer)
    order by sequence_number)::text as answers
  from charging.session_answer group by scope) given
where s.session_id = given.scope;
create unique index session_request on charging.session (lane, request_key);
drop table charging.session_answer;
create table charging.refused_create (
  request_key uuid primary key,
  sequence_number bigint not null,
  body_hash uuid not null,
  status smallint not null,
  answer text
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.answers);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
