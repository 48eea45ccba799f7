import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service orders with their tasks, services, and the policies that decompose. */
export class CreateProvisioning1700000000000 implements MigrationInterface {
  name = 'CreateProvisioning1700000000000';

  private readonly tables = `
create table provisioning.service_order (
  id uuid not null,
  order_id uuid not null,
  lane smallint not null,
  action text not null,
  state text not null,
  reason text,
  error text,
  undo_rounds integer not null,
  maximum_attempts integer not null,
  placed_at timestamptz not null,
  finished_at timestamptz,
  version integer not null,
  lease_owner uuid,
  lease_until timestamptz,
  resume_at timestamptz,
  constraint service_order_key primary key (id),
  constraint service_order_action check (action in ('activate', 'deactivate')),
  constraint service_order_progress check (
    case state
      when 'carrying_out' then reason is null and error is null and finished_at is null
      when 'undoing' then reason is not null and error is null and finished_at is null
      when 'stuck' then reason is not null and error is not null and finished_at is null
      when 'completed' then reason is null and error is null and finished_at is not null
      when 'failed' then reason is not null and error is null and finished_at is not null
      else false
    end)
) with (fillfactor = 80);
create unique index service_order_command on provisioning.service_order (order_id, action);
create index service_order_open on provisioning.service_order (id)
  where state in ('carrying_out', 'undoing', 'stuck');

create table provisioning.service_order_item (
  service_order_id uuid not null,
  product_id uuid not null,
  specification text not null,
  characteristics jsonb not null,
  resources jsonb not null,
  constraint service_order_item_key primary key (service_order_id, product_id)
);

create table provisioning.service_task (
  service_order_id uuid not null,
  position integer not null,
  id uuid not null,
  product_id uuid not null,
  code text not null,
  element text not null,
  forward jsonb not null,
  backward jsonb not null,
  state text not null,
  sent_round integer,
  sends integer not null,
  last_error text,
  constraint service_task_key primary key (service_order_id, position),
  constraint service_task_state check (state in ('pending', 'sent', 'done', 'refused', 'undone'))
) with (fillfactor = 80);

create table provisioning.service (
  id uuid not null,
  product_id uuid not null,
  specification text not null,
  characteristics jsonb not null,
  resources jsonb not null,
  state text not null,
  activated_by uuid not null,
  activated_at timestamptz not null,
  terminated_by uuid,
  terminated_at timestamptz,
  constraint service_key primary key (id),
  constraint service_state check (
    case state
      when 'active' then terminated_by is null and terminated_at is null
      when 'terminated' then terminated_by is not null and terminated_at is not null
      else false
    end)
);
create unique index service_active_product on provisioning.service (product_id) where state = 'active';
create index service_product on provisioning.service (product_id, activated_at);

create table provisioning.policy (
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
