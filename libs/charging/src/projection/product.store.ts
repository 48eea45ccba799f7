import type { ProductState } from '@ronghe/contracts';
import { arrayOf, instantFromDate, isId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { keepProducts } from './account-products.store';
import { touchProducts } from './account.store';
import { numberForms, productOfKey, subscriberKeysOf } from '../usage/subscriber-keys';
import type { NumberHolder } from '../usage/guide';

/**
 * Adds a version of a product. False when this version or a later one is known already: an older fact is ignored.
 */
export async function insertProductVersion(
  tx: Tx,
  product: ProductState,
  version: number,
  cause: string,
): Promise<boolean> {
  const { lane, productId, accountId, cardGroupId, effectiveFrom, effectiveTo } = product;
  const inserted = await tx.execute(
    `insert into charging.product_version
       (lane, product_id, version, account_id, card_group_id, effective_from, effective_to, state, cause, recorded_at)
     select $1::smallint, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6::timestamptz, $7::timestamptz, $8::jsonb, $9, $10::timestamptz
     where not exists (select from charging.product_version where lane = $1 and product_id = $2 and version >= $3)
     on conflict do nothing`,
    [
      lane,
      productId,
      version,
      accountId,
      cardGroupId,
      effectiveFrom,
      effectiveTo,
      JSON.stringify(product),
      cause,
      tx.now,
    ],
  );
  if (inserted === 0) return false;
  await touchProducts(tx, accountId);
  await keepProducts(tx, accountId);
  return true;
}

/**
 * Makes the product known by its id and by the numbers that it holds, for as long as it is active. Other accounts whose products
 * ever held one of the numbers, in any form, hear of it too (`touchProducts`): who holds their numbers has changed.
 */
export async function saveProductKeys(tx: Tx, product: ProductState): Promise<void> {
  const numbers = product.resources.flatMap(subscriberKeysOf);
  // Two that take a number over at once would not see each other.
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('charging.number ' || number, 0))
     from (select number from unnest($1::text[]) as number order by number) as numbers`,
    [arrayOf(numbers.flatMap(numberForms))],
  );
  await tx.execute(
    `insert into charging.product_locator (product_id, lane, account_id, card_group_id) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [product.productId, product.lane, product.accountId, product.cardGroupId],
  );
  await tx.execute(
    `insert into charging.number_holder (number, product_id, lane, account_id, valid_from, valid_to, card_group_id)
     select number, $2, $3, $4, $5, $6, $7 from unnest($1::text[]) as number
     on conflict (number, product_id) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
    [
      numbers,
      product.productId,
      product.lane,
      product.accountId,
      product.effectiveFrom,
      product.effectiveTo,
      product.cardGroupId,
    ],
  );
  const others = await tx.query<{ account_id: string }>(
    `select distinct account_id from charging.number_holder where number = any($1::text[]) and account_id <> $2`,
    [arrayOf(numbers.flatMap(numberForms)), product.accountId],
  );
  if (others.length > 0) await touchProducts(tx, ...others.map((other) => other.account_id));
}

interface HolderRow {
  number: string;
  product_id: string;
  account_id: string;
  lane: number;
  valid_from: Date;
  valid_to: Date | null;
}

/** Everybody who ever held one of the numbers. */
export async function findNumberHolders(tx: Tx, numbers: readonly string[]): Promise<NumberHolder[]> {
  const rows = await tx.query<HolderRow>(
    `select number, product_id, account_id, lane, valid_from, valid_to
     from charging.number_holder where number = any($1::text[])`,
    [arrayOf(numbers)],
  );
  return rows.map(holderFromRow);
}

function holderFromRow(row: HolderRow): NumberHolder {
  return {
    number: row.number,
    productId: row.product_id,
    accountId: row.account_id,
    lane: row.lane,
    validFrom: instantFromDate(row.valid_from),
    validTo: row.valid_to && instantFromDate(row.valid_to),
  };
}

/** Everybody who ever was what one of the keys names: a number, another identifier, or a product by its id. */
export async function findHolders(tx: Tx, keys: readonly string[]): Promise<NumberHolder[]> {
  const productIds = keys.flatMap((key) => productOfKey(key) ?? []).filter(isId);
  if (productIds.length === 0) return findNumberHolders(tx, keys);
  const places = await locateProducts(tx, productIds);
  const rows = await tx.query<Omit<HolderRow, 'number'>>(
    `select distinct on (p.lane, p.product_id) p.product_id, p.lane, p.account_id, p.effective_from as valid_from,
       p.effective_to as valid_to
     from charging.product_version p
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, product_id) using (lane, product_id)
     order by p.lane, p.product_id, p.version desc`,
    [places.map((place) => place.lane), places.map((place) => place.productId)],
  );
  const byId = rows.map((row) => holderFromRow({ ...row, number: `product-${row.product_id}` }));
  return [...(await findNumberHolders(tx, keys)), ...byId];
}

/** Where a product's rows lie. */
export interface ProductPlace {
  productId: string;
  lane: number;
  accountId: string;
  cardGroupId: string;
}

/** Where products' rows lie; unknown ids are left out. */
export async function locateProducts(tx: Tx, productIds: readonly string[]): Promise<ProductPlace[]> {
  const rows = await tx.query<{
    product_id: string;
    lane: number;
    account_id: string;
    card_group_id: string;
  }>(
    `select product_id, lane, account_id, card_group_id from charging.product_locator where product_id = any($1::uuid[])`,
    [productIds],
  );
  return rows.map((row) => ({
    productId: row.product_id,
    lane: row.lane,
    accountId: row.account_id,
    cardGroupId: row.card_group_id,
  }));
}
