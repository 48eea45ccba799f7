import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parts of calls, counters for them, and further keys of subscribers. */
export class CollectUsage1700000000020 implements MigrationInterface {
  name = 'CollectUsage1700000000020';

  private readonly columns = `
alter table charging.rated_usage add column prerated_amount bigint;
alter table charging.usage_file
  add column waiting integer not null default 0,
  add column combined integer not null default 0,
  add column started_at timestamptz,
  add column advanced_at timestamptz,
  drop constraint usage_file_counted,
  add constraint usage_file_counted
    check (read = rated + duplicates + suspended + reconciled + waiting + combined);
alter table charging.suspended_usage
  drop constraint suspended_usage_state,
  add constraint suspended_usage_state
    check (state in ('open', 'rated', 'duplicate', 'reconciled', 'combined', 'discarded'));
create index suspended_usage_record on charging.suspended_usage (source, record_id) where state = 'open';`;

  /** A call that is delivered in parts, and its parts until and after they are one event. */
  private readonly calls = `
create table charging.usage_call (
  source text collate "C" not null,
  call_id text collate "C" not null,
  state text not null,
  started_at timestamptz not null,
  expires_at timestamptz,
  primary key (source, call_id),
  constraint usage_call_state check (state in ('open', 'flagged', 'done'))
);
create index usage_call_open on charging.usage_call (source, started_at) where state = 'open';
create table charging.usage_part (
  source text collate "C" not null,
  record_id text collate "C" not null,
  call_id text collate "C" not null,
  part_number integer not null,
  is_last boolean not null,
  state text not null,
  file_id uuid not null,
  line_number integer not null,
  line text not null,
  cells jsonb not null,
  usage_class text not null,
  subscriber text not null,
  peer text,
  used_at timestamptz not null,
  quantity bigint not null,
  unit text not null,
  prerated_amount bigint,
  primary key (source, record_id),
  constraint usage_part_state check (state in ('waiting', 'suspended', 'rated', 'reconciled', 'combined'))
);
create index usage_part_call on charging.usage_part (source, call_id);`;

  /** Products known before by number and IMSI only. */
  private readonly keys = `
insert into charging.number_holder (number, product_id, lane, account_id, valid_from, valid_to)
select case when r.value->>'kind' = 'sim' then 'iccid-' else 'equipment-' end || upper(r.value->>'value'),
  p.product_id, p.lane, p.account_id, p.effective_from, p.effective_to
from (select distinct on (lane, product_id) * from charging.product_version order by lane, product_id, version desc) p,
  jsonb_array_elements(p.state->'resources') r
where r.value->>'kind' in ('sim', 'optical_terminal', 'set_top_box')
on conflict (number, product_id) do nothing;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.columns);
    await runner.query(this.calls);
    await runner.query(this.keys);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
