import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Card groups that use the allowances of another one of their account. */
export class CreateSharing1700000000060 implements MigrationInterface {
  name = 'CreateSharing1700000000060';

  private readonly users = `alter table charging.bucket add column users jsonb;`;

  private readonly sharing = `
create table charging.sharing (
  lane smallint not null,
  sharing_id uuid not null,
  account_id uuid not null,
  owner_card_group_id uuid not null,
  member_card_group_id uuid not null,
  caps jsonb not null,
  effective_from timestamptz not null,
  effective_to timestamptz,
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  end_reason text,
  ended_by text,
  ended_at timestamptz,
  primary key (lane, sharing_id),
  constraint sharing_period check (effective_to is null or effective_to >= effective_from),
  constraint sharing_not_with_itself check (owner_card_group_id <> member_card_group_id)
);
create unique index sharing_member on charging.sharing (lane, member_card_group_id, effective_from)
  where effective_to is distinct from effective_from;
create index sharing_account on charging.sharing (lane, account_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.users);
    await runner.query(this.sharing);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
