import type { OfferingPublished, ProductState } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

/** Keeps the line of business of an offer version: it says which rules its products are stopped by. */
export async function saveOffering(tx: Tx, { code, version, document }: OfferingPublished): Promise<void> {
  await tx.execute(
    `insert into receivables.offering (code, version, line_of_business) values ($1, $2, $3)
     on conflict (code, version) do update set line_of_business = excluded.line_of_business`,
    [code, version, document.lineOfBusiness],
  );
}

/** Keeps the latest version of a product; false for one that is older than what is known. */
export async function saveProduct(tx: Tx, product: ProductState, version: number): Promise<boolean> {
  const { lane, productId, accountId, cardGroupId, effectiveTo } = product;
  const saved = await tx.execute(
    `insert into receivables.product as known (lane, product_id, account_id, card_group_id, version, is_live, state)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (lane, product_id) do update set account_id = excluded.account_id, card_group_id = excluded.card_group_id,
       version = excluded.version, is_live = excluded.is_live, state = excluded.state
     where known.version < excluded.version`,
    [lane, productId, accountId, cardGroupId, version, effectiveTo === null, JSON.stringify(product)],
  );
  return saved > 0;
}
