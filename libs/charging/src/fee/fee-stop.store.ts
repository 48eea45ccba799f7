import { FAILED_ORDER_MS, type ProductState } from '@ronghe/contracts';
import { addMs, columnArrays } from '@ronghe/kernel';
import type { AskedOrder, Tx } from '@ronghe/platform';
import type { FeeStop } from './fee-stop';
import { saveBlocks } from './prepaid-fee.store';

/** The job that orders stops and resumptions. */
export const ORDER_STOPS = 'charging.orderStops';

/** The schedule at which an order that has not told of its end is looked after. */
export const STOPS_DUE = 'charging.feeStopsDue';

interface ProductKey {
  lane: number;
  productId: string;
}

/**
 * Stops products, or lets them go on, by whether any of their fees blocks them: here at once, elsewhere by an order that
 * the job places.
 */
export async function turnStops(tx: Tx, products: readonly ProductKey[]): Promise<void> {
  if (products.length === 0) return;
  await saveBlocks(tx, products);
  const keys = [...new Map(products.map((product) => [product.productId, product])).values()];
  const arrays = columnArrays(
    keys,
    (key) => key.lane,
    (key) => key.productId,
  );
  const isBlocked = `exists (
    select from charging.prepaid_fee f where f.lane = wanted.lane and f.product_id = wanted.product_id and f.is_blocked)`;
  const stopped = await tx.execute(
    `insert into charging.fee_stop (lane, product_id, is_wanted, attempt, tries, next_try_at)
     select lane, product_id, true, 1, 0, $3::timestamptz
     from unnest($1::smallint[], $2::uuid[]) as wanted (lane, product_id) where ${isBlocked}
     on conflict (lane, product_id) do update set is_wanted = true, tries = 0, next_try_at = excluded.next_try_at
       where not fee_stop.is_wanted`,
    [...arrays, tx.now],
  );
  const freed = await tx.execute(
    `update charging.fee_stop s set is_wanted = false, tries = 0, next_try_at = $3
     from unnest($1::smallint[], $2::uuid[]) as wanted (lane, product_id)
     where s.lane = wanted.lane and s.product_id = wanted.product_id and s.is_wanted and not ${isBlocked}`,
    [...arrays, tx.now],
  );
  if (stopped + freed > 0) tx.enqueue(ORDER_STOPS, {});
}

/** A product changed: if its fees have to do with its blocks, the job sees whether it stands as it shall. */
export async function lookAtStop(tx: Tx, { lane, productId }: ProductKey): Promise<void> {
  const touched = await tx.execute(
    `update charging.fee_stop set next_try_at = $3 where lane = $1 and product_id = $2`,
    [lane, productId, tx.now],
  );
  if (touched > 0) tx.enqueue(ORDER_STOPS, {});
}

/** An order did not go through: if it was one of these, another is asked for after a while. */
export async function orderEnded(tx: Tx, lane: number, orderId: string): Promise<void> {
  const again = addMs(tx.now, FAILED_ORDER_MS);
  const touched = await tx.execute(
    `update charging.fee_stop set next_try_at = $3 where lane = $1 and order_id = $2`,
    [lane, orderId, again],
  );
  if (touched > 0) await tx.schedule(STOPS_DUE, again, again);
}

/** Sub cards of the product `p` of the stop `s` that are stopped for a fee, though none of their own is unpaid. */
const FREED_SUB_CARDS = `array(
    select sub.product_id from (
      select distinct on (v.product_id) v.product_id, v.state from charging.product_version v
      where v.lane = s.lane and v.account_id = (p.state->>'accountId')::uuid
      order by v.product_id, v.version desc
    ) sub
    where sub.product_id <> s.product_id and (sub.state->>'cardGroupId')::uuid = s.product_id
      and sub.state->>'effectiveTo' is null
      and sub.state->'blocks' @> '[{"reason": "unpaid-fee", "to": null}]'
      and not exists (select from charging.fee_stop own
        where own.lane = s.lane and own.product_id = sub.product_id and own.is_wanted)
    order by sub.product_id)`;

/** Products that are to be looked at now, with their latest state. */
export async function findDueStops(tx: Tx, limit: number): Promise<FeeStop[]> {
  const rows = await tx.query<{
    lane: number;
    product_id: string;
    is_wanted: boolean;
    is_main_card_wanted: boolean;
    freed_sub_cards: string[];
    attempt: number;
    tries: number;
    state: ProductState | null;
  }>(
    `select s.lane, s.product_id, s.is_wanted, s.attempt, s.tries, p.state, exists (
       select from charging.fee_stop main where main.lane = s.lane and main.product_id <> s.product_id
         and main.product_id = (p.state->>'cardGroupId')::uuid and main.is_wanted) as is_main_card_wanted,
       case when s.is_wanted then '{}'::uuid[] else ${FREED_SUB_CARDS} end as freed_sub_cards
     from charging.fee_stop s
     left join lateral (
       select state from charging.product_version v where v.lane = s.lane and v.product_id = s.product_id
       order by version desc limit 1
     ) p on true
     where s.next_try_at <= $1 order by s.next_try_at, s.lane, s.product_id limit $2`,
    [tx.now, limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    productId: row.product_id,
    isWanted: row.is_wanted,
    isMainCardWanted: row.is_main_card_wanted,
    freedSubCards: row.freed_sub_cards,
    attempt: row.attempt,
    tries: row.tries,
    product: row.state,
  }));
}

/** Whether any product is to be looked at now. */
export async function hasDueStops(tx: Tx): Promise<boolean> {
  const rows = await tx.query(`select 1 from charging.fee_stop where next_try_at <= $1 limit 1`, [tx.now]);
  return rows.length > 0;
}

/** Notes what came of it. Whose wish was turned meanwhile is looked at again at once. */
export async function saveStops(tx: Tx, answers: readonly AskedOrder<FeeStop>[]): Promise<void> {
  await tx.execute(
    `update charging.fee_stop s set attempt = case when new.is_unanswered then s.attempt else s.attempt + 1 end, order_id = coalesce(new.order_id, s.order_id),
       tries = case when new.again is null then 0 when s.is_wanted = new.is_wanted then s.tries + 1 else s.tries end,
       next_try_at = case when s.is_wanted = new.is_wanted then new.again else s.next_try_at end
     from unnest($1::smallint[], $2::uuid[], $3::integer[], $4::boolean[], $5::uuid[], $6::timestamptz[],
       $7::boolean[]) as new (lane, product_id, attempt, is_wanted, order_id, again, is_unanswered)
     where s.lane = new.lane and s.product_id = new.product_id and s.attempt = new.attempt`,
    columnArrays(
      answers,
      ({ wish }) => wish.lane,
      ({ wish }) => wish.productId,
      ({ wish }) => wish.attempt,
      ({ wish }) => wish.isWanted,
      ({ orderId }) => orderId,
      ({ again }) => again,
      ({ isUnanswered }) => isUnanswered,
    ),
  );
  for (const instant of new Set(answers.flatMap(({ again }) => again ?? []))) {
    await tx.schedule(STOPS_DUE, instant, instant);
  }
}
