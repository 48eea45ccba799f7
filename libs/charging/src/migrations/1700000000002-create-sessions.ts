import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the tables of online charging. */
export class CreateSessions1700000000002 implements MigrationInterface {
  name = 'CreateSessions1700000000002';

  /** Online sessions (TS 32.291): what is reserved, and the answers that were given. */
  private readonly sessions = `
create table charging.session (
  lane smallint not null,
  session_id uuid not null,
  account_id uuid not null,
  product_id uuid not null,
  card_group_id uuid not null,
  period text not null,
  subscriber text not null,
  consumer text not null,
  charging_id bigint,
  state text not null,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  used_octets bigint not null default 0,
  primary key (lane, session_id),
  constraint session_state check (state in ('open', 'expired', 'released'))
) with (fillfactor = 70);
create index session_expiry on charging.session (expires_at) where state = 'open';
create table charging.session_locator (
  session_id uuid primary key,
  lane smallint not null
);
create table charging.session_request (
  scope text not null,
  sequence_number bigint not null,
  body_hash text not null,
  session_id uuid,
  status smallint,
  answer json,
  primary key (scope, sequence_number)
);
create table charging.reservation (
  lane smallint not null,
  session_id uuid not null,
  rating_group bigint not null,
  upf_id text not null,
  bucket_code text not null,
  units bigint not null,
  primary key (lane, session_id, rating_group, upf_id, bucket_code),
  constraint reservation_positive check (units > 0)
);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.sessions);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
