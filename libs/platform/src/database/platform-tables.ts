import type { DomainName } from '@ronghe/contracts';

/** The tables that the platform keeps in every domain's schema: feed, idempotency, schedules. */
export function platformTables(schema: DomainName): string {
  return `
create schema if not exists ${schema};
create table ${schema}.outbox_head (
  lane smallint primary key,
  last_sequence bigint not null
) with (fillfactor = 70);
create table ${schema}.outbox (
  lane smallint not null,
  sequence bigint not null,
  id uuid not null,
  type text not null,
  aggregate_id text not null,
  version integer not null,
  occurred_at timestamptz not null,
  trace_id text not null,
  payload jsonb not null,
  primary key (lane, sequence)
);
create table ${schema}.feed_cursor (
  producer text not null,
  lane smallint not null,
  sequence bigint not null,
  primary key (producer, lane)
) with (fillfactor = 70);
create table ${schema}.feed_parked (
  producer text not null,
  lane smallint not null,
  sequence bigint not null,
  aggregate_id text not null,
  event jsonb not null,
  reason text not null,
  parked_at timestamptz not null,
  primary key (producer, lane, sequence)
);
create index feed_parked_aggregate on ${schema}.feed_parked (producer, aggregate_id);
create table ${schema}.command_log (
  actor text not null,
  operation text not null,
  key text not null,
  input_hash text not null,
  outcome text not null check (outcome in ('running', 'succeeded', 'refused')),
  answer jsonb,
  channel text not null,
  reason text,
  trace_id text not null,
  recorded_at timestamptz not null,
  business_at timestamptz not null,
  primary key (actor, operation, key)
);
create index command_log_recorded on ${schema}.command_log (recorded_at);
create table ${schema}.schedule (
  kind text not null,
  key text not null,
  due_at timestamptz not null,
  data jsonb not null,
  trace_id text not null,
  primary key (kind, key)
);
create index schedule_due on ${schema}.schedule (due_at);
`;
}

/** What the processes of an operator share: the business clock and what migrations have run. */
export const sharedTables = `
create schema if not exists platform;
create table if not exists platform.business_clock (
  id boolean primary key default true check (id),
  stands_at timestamptz not null
);
`;
