import type { Tx } from '@ronghe/platform';

/**
 * The latest states of an account's products, also ended ones, stand in its row besides, so that whoever comes online for the first
 * time is read without looking for them too. Accounts of many products, or versions, have null there, as each change would read and
 * write all of them, and so have those that arrived behind their products, until these change. A migration that changes `charging.product_version` writes
 * them anew, or sets them to null.
 */

/** Products of an account at most whose states stand in its row. */
const FEW_PRODUCTS = 16;
/** Versions of its products at most: as many are read at each change. */
const VERSIONS_LIMIT = 256;

/** The latest states of all products of a row of `charging.account a`. */
const LATEST = `select distinct on (v.product_id) v.product_id, v.state from charging.product_version v
  where v.lane = a.lane and v.account_id = a.account_id order by v.product_id, v.version desc`;

const ALL_PRODUCTS = `(select json_agg(latest.state order by latest.product_id) from (${LATEST}) latest)`;

/** A list of the states of all products of `charging.account a`; null: it has none. */
export const ACCOUNT_PRODUCTS = `coalesce(a.products, ${ALL_PRODUCTS})`;

/** How many accounts have products in their rows that are not what the versions say; each is looked up by its key. */
export const ACCOUNTS_OF_OTHER_PRODUCTS = `
select count(*)::text as count from charging.account a
where a.products is not null and a.products::text is distinct from ${ALL_PRODUCTS}::text`;

/**
 * Writes the products of an account into its row. The row is locked already (`touchProducts`): who adds a version meanwhile waits
 * there before he comes here.
 */
export async function keepProducts(tx: Tx, accountId: string): Promise<void> {
  await tx.execute(
    `update charging.account a set products = (
       select case when count(*) <= ${FEW_PRODUCTS} then json_agg(latest.state order by latest.product_id) end
       from (${LATEST}) latest
       where not exists (select from charging.product_version v
         where v.lane = a.lane and v.account_id = a.account_id offset ${VERSIONS_LIMIT}))
     where a.account_id = $1`,
    [accountId],
  );
}
