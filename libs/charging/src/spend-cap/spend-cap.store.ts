import type { OnlineChargingPolicy } from '@ronghe/contracts';
import {
  type Amount,
  amountFromMicro,
  columnArrays,
  type LocalDate,
  newId,
  parseLocalDate,
  zeroAmount,
} from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { GroupPeriod } from '../balance/group-period';
import { defaultCapOf, reachedCaps, type DefaultCap } from './reached-caps';
import {
  spanOf,
  spendingId,
  type ReachedCap,
  type SpendCap,
  type SpendHold,
  type SpendPlace,
  type Spending,
} from './spend-cap';
import { findProductSpending, findSpent, type CappedPlace } from './spent.store';

/** Adds what somebody said of a product's cap; null: it has none. */
export async function insertSpendCap(
  tx: Tx,
  product: { lane: number; accountId: string; productId: string },
  cap: Omit<SpendCap, 'amount'> & { amount: Amount | null },
  cause: { reason: string; by: string },
): Promise<void> {
  await tx.execute(
    `insert into charging.spend_cap (lane, cap_id, product_id, account_id, amount, per, at_limit, reason, recorded_by,
       recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      product.lane,
      newId(),
      product.productId,
      product.accountId,
      cap.amount?.toString() ?? null,
      cap.per,
      cap.atLimit,
      cause.reason,
      cause.by,
      tx.now,
    ],
  );
  await tx.execute(`update charging.account set caps_spending = true where account_id = $1`, [
    product.accountId,
  ]);
}

/** What was said last of each product's cap; null: that it has none. Products of which nothing was said are left out. */
export async function findSpendCaps(
  tx: Tx,
  products: readonly { lane: number; productId: string }[],
): Promise<Map<string, SpendCap | null>> {
  if (products.length === 0) return new Map();
  const rows = await tx.query<{
    product_id: string;
    amount: string | null;
    per: SpendCap['per'];
    at_limit: SpendCap['atLimit'];
  }>(
    `select distinct on (c.lane, c.product_id) c.product_id, c.amount, c.per, c.at_limit
     from charging.spend_cap c
     join unnest($1::smallint[], $2::uuid[]) as wanted (lane, product_id) using (lane, product_id)
     order by c.lane, c.product_id, c.cap_id desc`,
    columnArrays(
      products,
      ({ lane }) => lane,
      ({ productId }) => productId,
    ),
  );
  return new Map(
    rows.map((row) => [
      row.product_id,
      row.amount === null
        ? null
        : { amount: amountFromMicro(BigInt(row.amount)), per: row.per, atLimit: row.at_limit },
    ]),
  );
}

/** The cap that a policy makes that of every product of which nothing was said, and its first day; null: there is none. */
export async function findDefaultCap(tx: Tx, on: LocalDate): Promise<DefaultCap | null> {
  const [policy] = await tx.query<{ cap: OnlineChargingPolicy['spendCap']; from: string }>(
    `select document->'spendCap' as cap, effective_from::text as from from charging.policy
     where kind = 'online-charging' and effective_from <= $1 and (effective_to is null or effective_to > $1)
     order by version desc, code desc limit 1`,
    [on],
  );
  const cap = defaultCapOf({ spendCap: policy?.cap });
  return policy && cap ? { ...cap, since: parseLocalDate(policy.from) } : null;
}

/**
 * What products have spent under caps that block, by `spendingId`; those without one are left out. To act on it, read it under
 * the lock of their card groups' periods: nobody else spends then.
 * @param groups the rating units' periods; where they are not counted it is added up
 * @param fallback the cap of those of which nothing was said; null: none
 */
export async function readSpending(
  tx: Tx,
  places: readonly SpendPlace[],
  groups: ReadonlyMap<string, GroupPeriod>,
  fallback: SpendCap | null,
): Promise<Map<string, Spending>> {
  const caps = await findSpendCaps(tx, places);
  const wanted = new Map<string, CappedPlace>();
  for (const place of places) {
    const said = caps.get(place.productId);
    const cap = said === undefined ? fallback : said;
    if (cap?.atLimit !== 'block') continue;
    const span = spanOf(cap, place);
    wanted.set(spendingId(place.productId, span), { place, cap, span });
  }
  const spent = await findSpent(tx, [...wanted.values()], groups);
  const held = await findSpendHolds(tx, [...wanted.values()]);
  return new Map(
    [...wanted].map(([id, { cap, span }]) => [
      id,
      { cap, span, spent: spent.get(id) ?? zeroAmount, held: held.get(id) ?? zeroAmount },
    ]),
  );
}

/** What sessions hold under caps, by `spendingId`; where they hold nothing there is nothing. */
async function findSpendHolds(tx: Tx, wanted: readonly CappedPlace[]): Promise<Map<string, Amount>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<{ product_id: string; span: string; held: string }>(
    `select h.product_id, h.span, h.held from charging.spend_hold h
     join unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, product_id, span) using (lane, product_id, span)`,
    columnArrays(
      wanted,
      ({ place }) => place.lane,
      ({ place }) => place.productId,
      ({ span }) => span,
    ),
  );
  return new Map(
    rows.map((row) => [spendingId(row.product_id, row.span), amountFromMicro(BigInt(row.held))]),
  );
}

/** Adds to what sessions hold of what products may spend. */
export async function addSpendHolds(tx: Tx, holds: readonly SpendHold[]): Promise<void> {
  if (holds.length === 0) return;
  const keys = columnArrays(
    holds,
    (hold) => hold.lane,
    (hold) => hold.productId,
    (hold) => hold.span,
  );
  await tx.execute(
    `insert into charging.spend_hold (lane, product_id, span, held)
     select lane, product_id, span, 0 from unnest($1::smallint[], $2::uuid[], $3::text[]) as new (lane, product_id, span)
     on conflict (lane, product_id, span) do nothing`,
    keys,
  );
  await tx.execute(
    `update charging.spend_hold h set held = h.held + more.held
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::bigint[]) as more (lane, product_id, span, held)
     where (h.lane, h.product_id, h.span) = (more.lane, more.product_id, more.span)`,
    [...keys, ...columnArrays(holds, (hold) => hold.held)],
  );
}

/** Products of accounts that have reached their caps in a period or on a day of it, whether or not it blocks. */
export async function findReachedCaps(
  tx: Tx,
  periods: readonly { lane: number; accountId: string; period: string }[],
  fallback: DefaultCap | null,
): Promise<ReachedCap[]> {
  const spendings = await findProductSpending(tx, periods, fallback !== null);
  const caps = await findSpendCaps(tx, spendings);
  return spendings.flatMap((spending) => reachedCaps(spending, caps.get(spending.productId), fallback));
}
