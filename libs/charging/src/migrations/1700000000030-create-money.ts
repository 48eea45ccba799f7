import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates money balances with their journal; every account that is known gets its main bucket, whose id is the account's. */
export class CreateMoney1700000000030 implements MigrationInterface {
  name = 'CreateMoney1700000000030';

  private readonly money = `
create table charging.money_bucket (
  lane smallint not null,
  bucket_id uuid not null,
  account_id uuid not null,
  kind text not null,
  remaining bigint not null default 0,
  reserved bigint not null default 0,
  overrun bigint not null default 0,
  credit_limit bigint not null default 0,
  valid_from timestamptz not null,
  valid_to timestamptz,
  priority integer not null,
  is_expired boolean not null default false,
  primary key (lane, bucket_id),
  constraint money_bucket_kind check (kind in ('main', 'bonus')),
  constraint money_bucket_conserved check (reserved >= 0 and overrun >= 0 and credit_limit >= 0
    and remaining - reserved >= -credit_limit)
) with (fillfactor = 70);
create index money_bucket_account on charging.money_bucket (lane, account_id);
create index money_bucket_ending on charging.money_bucket (valid_to) where valid_to is not null and not is_expired;
create table charging.money_entry (
  lane smallint not null,
  account_id uuid not null,
  entry_id uuid not null,
  bucket_id uuid not null,
  kind text not null,
  delta bigint not null,
  reference text not null,
  business_at timestamptz not null,
  local_day date not null,
  tax_class text,
  primary key (lane, account_id, entry_id),
  constraint money_entry_kind check (kind in ('top-up', 'grant', 'use', 'fee', 'expire', 'transfer-in', 'transfer-out',
    'refund', 'rerate', 'overrun', 'adjust') and delta <> 0)
);
create index money_entry_day on charging.money_entry (local_day);
insert into charging.money_bucket (lane, bucket_id, account_id, kind, valid_from, priority)
select lane, account_id, account_id, 'main', '1970-01-01T00:00:00Z', 100 from charging.account;`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.money);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
