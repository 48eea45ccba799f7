import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates what tells network functions that credit of open sessions ended, or came back, each try in a row of its own. */
export class CreateSessionNotification1700000000070 implements MigrationInterface {
  name = 'CreateSessionNotification1700000000070';

  private readonly tables = `
drop index charging.money_bucket_owing;
alter table charging.session drop column cut_at;
create table charging.credit_change (
  lane smallint not null,
  account_id uuid not null,
  noted_at timestamptz not null,
  primary key (lane, account_id)
);
create table charging.session_notification (
  lane smallint not null,
  session_id uuid not null,
  granted_until timestamptz not null,
  kind text not null,
  account_id uuid not null,
  notify_uri text not null,
  rating_groups jsonb not null,
  state text not null default 'waiting',
  attempts integer not null default 0,
  next_at timestamptz not null,
  outcome text,
  primary key (lane, session_id, granted_until, kind),
  constraint session_notification_valid check (kind in ('ABORT_CHARGING', 'REAUTHORIZATION')
    and state in ('waiting', 'sent', 'failed', 'void') and attempts >= 0)
);
create index session_notification_due on charging.session_notification (next_at) where state = 'waiting';
create index session_notifiable on charging.session (lane, account_id) where state = 'open' and notify_uri is not null;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
