import type { MigrationInterface, QueryRunner } from 'typeorm';

const attempt = `
  requested_at timestamptz not null,
  state text not null,
  attempts integer not null default 0,
  next_try_at timestamptz,
  last_error text,
  done_at timestamptz,
  primary key (lane, bill_id, no)`;

const stateIs = `check (state in ('waiting', 'done', 'dead') and (state = 'waiting') = (next_try_at is not null))`;

/** How accounts wish to get their bills; bills on their way; tax invoices. */
export class CreateDocuments1700000000140 implements MigrationInterface {
  name = 'CreateDocuments1700000000140';

  private readonly tables = `
create table billing.delivery_wish (
  lane smallint not null,
  account_id uuid not null,
  channel text not null,
  address text,
  language text not null,
  attachments jsonb not null,
  wants_tax_invoice boolean not null,
  buyer_name text,
  buyer_tax_number text,
  changed_at timestamptz not null,
  primary key (lane, account_id)
);
create table billing.bill_delivery (
  lane smallint not null,
  bill_id uuid not null,
  no integer not null,
  account_id uuid not null,
  channel text not null,
  address text,
  language text not null,
  attachments jsonb not null,${attempt},
  constraint bill_delivery_state ${stateIs}
);
create index bill_delivery_due on billing.bill_delivery (next_try_at) where state = 'waiting';
create index bill_delivery_account on billing.bill_delivery (lane, account_id);
create table billing.tax_invoice (
  lane smallint not null,
  bill_id uuid not null,
  no integer not null,
  account_id uuid not null,
  invoices jsonb not null default '[]',${attempt},
  constraint tax_invoice_state ${stateIs}
);
create index tax_invoice_due on billing.tax_invoice (next_try_at) where state = 'waiting';
create index tax_invoice_account on billing.tax_invoice (lane, account_id);`;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
