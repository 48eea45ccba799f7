import {
  amountFromMicro,
  billPeriodOf,
  newId,
  startOfLocalDate,
  addDays,
  zeroAmount,
  type Amount,
} from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { columnArrays } from '../column-arrays';
import {
  spanOf,
  spendingId,
  type ReachedCap,
  type SpendCap,
  type SpendHold,
  type SpendPlace,
  type Spending,
} from './spend-cap';

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

/**
 * What products have spent under caps that block, by `spendingId`; those without one are left out. Read it under the lock of
 * their card groups' periods: nobody else spends then.
 * @param fallback the cap of those of which nothing was said; null: none
 */
export async function readSpending(
  tx: Tx,
  places: readonly SpendPlace[],
  fallback: SpendCap | null,
): Promise<Map<string, Spending>> {
  const caps = await findSpendCaps(tx, places);
  const wanted = new Map<string, { place: SpendPlace; cap: SpendCap; span: string }>();
  for (const place of places) {
    const said = caps.get(place.productId);
    const cap = said === undefined ? fallback : said;
    if (cap?.atLimit !== 'block') continue;
    const span = spanOf(cap, place);
    wanted.set(spendingId(place.productId, span), { place, cap, span });
  }
  const sums = await findSums(tx, [...wanted.values()]);
  return new Map(
    [...wanted].map(([id, { cap, span }]) => {
      return [id, { cap, span, ...(sums.get(id) ?? { spent: zeroAmount, held: zeroAmount }) }];
    }),
  );
}

/** What was spent under caps and is held, by `spendingId`. */
export async function findSums(
  tx: Tx,
  wanted: readonly { place: SpendPlace; cap: SpendCap; span: string }[],
): Promise<Map<string, { spent: Amount; held: Amount }>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<{ product_id: string; span: string; spent: string; held: string }>(
    `select wanted.product_id, wanted.span,
       (select coalesce(sum(u.amount), 0)::text from charging.rated_usage u
        where u.lane = wanted.lane and u.account_id = wanted.account_id and u.period = wanted.period
          and u.product_id = wanted.product_id and u.used_at >= wanted.used_from and u.used_at < wanted.used_to) as spent,
       coalesce((select h.held::text from charging.spend_hold h
        where h.lane = wanted.lane and h.product_id = wanted.product_id and h.span = wanted.span), '0') as held
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
       as wanted (lane, account_id, product_id, period, span, used_from, used_to)`,
    columnArrays(
      wanted,
      ({ place }) => place.lane,
      ({ place }) => place.accountId,
      ({ place }) => place.productId,
      ({ place }) => place.period,
      ({ span }) => span,
      ({ place, cap }) =>
        cap.per === 'day'
          ? startOfLocalDate(place.day, place.cycle.zone)
          : billPeriodOf(place.period, place.cycle).from,
      ({ place, cap }) =>
        cap.per === 'day'
          ? startOfLocalDate(addDays(place.day, 1), place.cycle.zone)
          : billPeriodOf(place.period, place.cycle).to,
    ),
  );
  return new Map(
    rows.map((row) => [
      spendingId(row.product_id, row.span),
      { spent: amountFromMicro(BigInt(row.spent)), held: amountFromMicro(BigInt(row.held)) },
    ]),
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
): Promise<ReachedCap[]> {
  const rows = await tx.query<{
    lane: number;
    account_id: string;
    product_id: string;
    period: string;
    span: string;
    cap: string;
    spent: string;
  }>(
    `with cap as (
       select distinct on (c.lane, c.product_id, wanted.period) c.lane, c.account_id, c.product_id, c.amount, c.per, a.zone,
         wanted.period
       from unnest($1::smallint[], $2::uuid[], $3::text[]) as wanted (lane, account_id, period)
       join charging.account a on a.account_id = wanted.account_id and a.caps_spending
       join charging.spend_cap c on c.lane = wanted.lane and c.account_id = wanted.account_id
       order by c.lane, c.product_id, wanted.period, c.cap_id desc
     )
     select lane, account_id, product_id, period, span, amount::text as cap, sum(used)::text as spent
     from (
       select cap.lane, cap.account_id, cap.product_id, cap.period, cap.amount, u.amount as used,
         case when cap.per = 'day' then (u.used_at at time zone cap.zone)::date::text else cap.period end as span
       from cap join charging.rated_usage u on u.lane = cap.lane and u.account_id = cap.account_id
         and u.period = cap.period and u.product_id = cap.product_id
       where cap.amount is not null
     ) as used
     group by lane, account_id, product_id, period, span, amount having sum(used) >= amount and sum(used) > 0
     order by lane, product_id, span`,
    columnArrays(
      periods,
      (each) => each.lane,
      (each) => each.accountId,
      (each) => each.period,
    ),
  );
  return rows.map((row) => ({
    lane: row.lane,
    accountId: row.account_id,
    productId: row.product_id,
    period: row.period,
    span: row.span,
    cap: amountFromMicro(BigInt(row.cap)),
    spent: amountFromMicro(BigInt(row.spent)),
  }));
}
