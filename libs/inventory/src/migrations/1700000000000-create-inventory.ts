import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Places, units of stock with their moves, and the policies that govern them. */
export class CreateInventory1700000000000 implements MigrationInterface {
  name = 'CreateInventory1700000000000';

  private readonly tables = `
create table inventory.place (
  code text not null,
  name text not null,
  opened_at timestamptz not null,
  opened_by text not null,
  constraint place_key primary key (code)
);

create table inventory.resource (
  id uuid not null,
  kind text not null,
  value text collate "C" not null,
  imsi text,
  place_code text not null,
  grade_rank smallint not null,
  state text not null,
  order_id uuid,
  slot text,
  held_until timestamptz,
  rest_until timestamptz,
  version integer not null,
  constraint resource_key primary key (id),
  constraint resource_kind check
    (kind in ('mobile_number', 'fixed_number', 'sim', 'optical_terminal', 'set_top_box')),
  constraint resource_situation check (
    case state
      when 'available' then order_id is null and slot is null and held_until is null and rest_until is null
      when 'held' then order_id is not null and slot is not null and held_until is not null and rest_until is null
      when 'assigned' then order_id is not null and slot is not null and held_until is null and rest_until is null
      when 'quarantined' then order_id is null and slot is null and held_until is null and rest_until is not null
      when 'retired' then order_id is null and slot is null and held_until is null and rest_until is null
      else false
    end)
) with (fillfactor = 80);
create unique index resource_value on inventory.resource (kind, value);
create unique index resource_imsi on inventory.resource (imsi) where imsi is not null;
create unique index resource_slot on inventory.resource (order_id, slot) where order_id is not null;
create index resource_free on inventory.resource (kind, grade_rank, value) where state = 'available';
create index resource_rest on inventory.resource (rest_until) where state = 'quarantined';
create index resource_level on inventory.resource (place_code, kind, state);

create table inventory.resource_move (
  resource_id uuid not null,
  version integer not null,
  from_state text,
  to_state text not null,
  order_id uuid,
  slot text,
  cause text not null,
  moved_at timestamptz not null,
  moved_by text not null,
  constraint resource_move_key primary key (resource_id, version)
);
create index resource_move_order on inventory.resource_move (order_id) where order_id is not null;

create table inventory.stock_gate (
  name text not null,
  constraint stock_gate_key primary key (name)
);
insert into inventory.stock_gate (name) values ('hold');

create table inventory.policy (
  code text not null,
  version integer not null,
  document jsonb not null,
  constraint policy_key primary key (code, version)
);
`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
