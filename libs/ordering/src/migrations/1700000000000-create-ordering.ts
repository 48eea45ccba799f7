import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that ordering stores. */
export class CreateOrdering1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...reference, ...orders, ...products, ...quotes]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** What ordering keeps of facts that other domains own. */
const reference = [
  `create table ordering.known_customer (
     customer_id uuid not null,
     registered_at timestamptz not null,
     primary key (customer_id)
   )`,
  `create table ordering.known_account (
     account_id uuid not null,
     customer_id uuid not null,
     lane smallint not null,
     zone text not null,
     bill_day smallint not null,
     primary key (account_id)
   )`,
  `create index known_account_customer on ordering.known_account (customer_id)`,
  `create table ordering.offer_version (
     code text not null,
     version integer not null,
     document jsonb not null,
     published_at timestamptz not null,
     primary key (code, version)
   )`,
  `create table ordering.policy_version (
     code text not null,
     version integer not null,
     kind text not null,
     effective_from date not null,
     effective_to date,
     document jsonb not null,
     primary key (code, version)
   )`,
];

const orders = [
  `create table ordering.product_order (
     order_id uuid not null,
     customer_id uuid not null,
     account_id uuid not null,
     lane smallint not null,
     kind text not null,
     state text not null,
     version integer not null,
     reason_code text,
     reason_text text,
     bundle_id uuid,
     bundle_offering_code text,
     bundle_offering_version integer,
     quote_id uuid,
     placed_by text not null,
     channel text not null,
     placed_at timestamptz not null,
     hold_until timestamptz not null,
     changed_at timestamptz not null,
     finished_at timestamptz,
     primary key (order_id)
   )`,
  `create index product_order_customer on ordering.product_order (customer_id, order_id)`,
  `create index product_order_account on ordering.product_order (account_id, order_id)`,
  `create index product_order_open on ordering.product_order (state, order_id) where finished_at is null`,
  `create table ordering.order_item (
     order_id uuid not null,
     item_no smallint not null,
     action text not null,
     product_id uuid not null,
     offering_code text not null,
     offering_version integer not null,
     specification text,
     role text not null,
     card text not null,
     bundle_id uuid,
     bundle_offering_code text,
     bundle_offering_version integer,
     card_group_id uuid not null,
     requested_number text,
     online_classes text[] not null,
     number_count smallint not null,
     resources jsonb not null,
     primary key (order_id, item_no)
   )`,
  `create index order_item_product on ordering.order_item (product_id)`,
  `create table ordering.order_state (
     order_id uuid not null,
     sequence integer not null,
     state text not null,
     reason_code text,
     reason_text text,
     at timestamptz not null,
     recorded_at timestamptz not null,
     recorded_by text not null,
     primary key (order_id, sequence)
   )`,
];

/** The exclusion constraint needs equality of uuid in a GiST index. */
const products = [
  `create extension if not exists btree_gist`,
  `create table ordering.product_version (
     product_id uuid not null,
     version integer not null,
     customer_id uuid not null,
     account_id uuid not null,
     lane smallint not null,
     order_id uuid not null,
     order_item_no smallint not null,
     offering_code text not null,
     offering_version integer not null,
     specification text,
     role text not null,
     card text not null,
     bundle_id uuid,
     bundle_offering_code text,
     bundle_offering_version integer,
     card_group_id uuid not null,
     resources jsonb not null,
     online_classes text[] not null,
     number_count smallint not null,
     effective_from timestamptz not null,
     effective_to timestamptz,
     recorded_at timestamptz not null,
     recorded_by text not null,
     cause text not null,
     superseded_at timestamptz,
     primary key (product_id, version),
     constraint product_version_once exclude using gist
       (product_id with =, tstzrange(effective_from, effective_to) with &&) where (superseded_at is null)
   )`,
  `create index product_version_customer on ordering.product_version (customer_id, product_id) where superseded_at is null`,
  `create index product_version_account on ordering.product_version (account_id, product_id) where superseded_at is null`,
  `create unique index product_version_card on ordering.product_version (account_id, card)
     where superseded_at is null and effective_to is null`,
];

const quotes = [
  `create table ordering.quote (
     quote_id uuid not null,
     customer_id uuid not null,
     account_id uuid not null,
     request jsonb not null,
     offering_versions jsonb not null,
     price jsonb not null,
     created_at timestamptz not null,
     created_by text not null,
     valid_until timestamptz not null,
     primary key (quote_id)
   )`,
  `create index quote_customer on ordering.quote (customer_id, quote_id)`,
];
