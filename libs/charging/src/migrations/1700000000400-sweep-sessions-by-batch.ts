import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When sessions are dead is kept by a row for a whole batch, instead of an index of sessions; an account's sessions are found by
 * an index that says nothing of their state. So nothing that changes of a session is indexed, and its end costs no index anything:
 * PostgreSQL keeps the new version beside the old one (a HOT update), and clears that away without a vacuum.
 */
export class SweepSessionsByBatch1700000000400 implements MigrationInterface {
  name = 'SweepSessionsByBatch1700000000400';

  private readonly tables = `
create table charging.session_deadline (
  expires_at timestamptz not null,
  deadline_id uuid not null,
  lanes smallint[] not null,
  session_ids uuid[] not null,
  primary key (expires_at, deadline_id)
);
create index session_deadline_oldest on charging.session_deadline ((session_ids[1]));
insert into charging.session_deadline (expires_at, deadline_id, lanes, session_ids)
  select max(expires_at), gen_random_uuid(), array_agg(lane order by session_id), array_agg(session_id order by session_id)
  from (
    select lane, session_id, expires_at, (row_number() over (order by expires_at) - 1) / 256 as part,
      date_trunc('second', expires_at) as second
    from charging.session where state = 'open') as open
  group by second, part;
drop index charging.session_expiry;
drop index charging.session_notifiable;
create index session_notifiable on charging.session (lane, account_id, session_id) where notify_uri is not null;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
