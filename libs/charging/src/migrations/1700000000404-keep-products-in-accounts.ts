import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts of so few products have their states in their own row, where they are found with it. */
const FEW_PRODUCTS = 16;

const COLUMN = 'alter table charging.account add column products json';

const FILL = `
update charging.account a set products = held.products
from (
  select account_id, json_agg(state order by product_id) as products from (
    select distinct on (lane, product_id) account_id, product_id, state from charging.product_version
    order by lane, product_id, version desc) latest
  group by account_id having count(*) <= ${FEW_PRODUCTS}) held
where a.account_id = held.account_id`;

/** The latest states of an account's products stand in its row too (`products`). */
export class KeepProductsInAccounts1700000000404 implements MigrationInterface {
  name = 'KeepProductsInAccounts1700000000404';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
    await runner.query(FILL);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
