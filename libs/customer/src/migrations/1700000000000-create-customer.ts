import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parties, customers, identity documents, contacts with their history, accounts. */
export class CreateCustomer1700000000000 implements MigrationInterface {
  name = 'CreateCustomer1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    // For the exclusion constraint: equality of uuid in a gist index.
    await runner.query('create extension if not exists btree_gist schema public');
    await runner.query(PARTIES);
    await runner.query(ACCOUNTS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const PARTIES = `
create table customer.individual (
  id uuid not null,
  name text not null,
  search_name text collate "C" not null,
  recorded_at timestamptz not null,
  constraint individual_key primary key (id)
);
create index individual_search_name on customer.individual (search_name, id);

create table customer.customer (
  id uuid not null,
  party_id uuid not null,
  real_name_verified_at timestamptz,
  registered_at timestamptz not null,
  registered_by text not null,
  version integer not null,
  constraint customer_key primary key (id)
);
create unique index customer_party on customer.customer (party_id);

create table customer.identity_document (
  id uuid not null,
  party_id uuid not null,
  kind text not null,
  issuing_country text not null,
  blind_index bytea not null,
  key_id text not null,
  sealed bytea not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint identity_document_key primary key (id),
  constraint identity_document_kind check (kind in ('RESIDENT_ID', 'PASSPORT'))
);
create unique index identity_document_blind_index on customer.identity_document (blind_index);
create index identity_document_party on customer.identity_document (party_id);

create table customer.contact_medium (
  id uuid not null,
  party_id uuid not null,
  phone text,
  address text,
  effective_from timestamptz not null,
  effective_to timestamptz,
  recorded_at timestamptz not null,
  recorded_by text not null,
  cause text not null,
  superseded_at timestamptz,
  constraint contact_medium_key primary key (id),
  constraint contact_medium_period check (effective_to > effective_from),
  constraint contact_medium_no_overlap exclude using gist
    (party_id with =, tstzrange(effective_from, effective_to) with &&) where (superseded_at is null)
);
create index contact_medium_party on customer.contact_medium (party_id);
`;

const ACCOUNTS = `
create table customer.balance_group (
  id uuid not null,
  lane smallint not null,
  created_at timestamptz not null,
  constraint balance_group_key primary key (id),
  constraint balance_group_lane check (lane between 0 and 1023)
);

create table customer.account (
  id uuid not null,
  customer_id uuid not null,
  balance_group_id uuid not null,
  zone text not null,
  bill_day smallint not null,
  payment_mode text not null,
  opened_at timestamptz not null,
  opened_by text not null,
  version integer not null,
  constraint account_key primary key (id),
  constraint account_bill_day check (bill_day between 1 and 31),
  constraint account_payment_mode check (payment_mode in ('postpaid', 'prepaid'))
);
create index account_customer on customer.account (customer_id, id);
create index account_balance_group on customer.account (balance_group_id);
`;
