import { FAILED_ORDER_MS, type ProductState } from '@ronghe/contracts';
import { addMs } from '@ronghe/kernel';
import type { AskedOrder, Tx } from '@ronghe/platform';
import type { Stop } from './dunning-state';
import type { DunningStop } from './dunning-stop';

/** The job that orders stops, resumptions and terminations. */
export const ORDER_DUNNING_STOPS = 'receivables.orderDunningStops';

/** The schedule at which an order that has not told of its end is looked after. */
export const DUNNING_STOPS_DUE = 'receivables.dunningStopsDue';

/** A product and what is wanted of it. */
export interface StopWish {
  lane: number;
  productId: string;
  accountId: string;
  wanted: Stop;
}

/** Notes what is wanted of products where it differs, and has the job see to it. A product that was never stopped has no row. */
export async function turnStops(tx: Tx, wishes: readonly StopWish[]): Promise<void> {
  if (wishes.length === 0) return;
  const turned = await tx.execute(
    `insert into receivables.dunning_stop as s (lane, product_id, account_id, wanted, attempt, tries, next_try_at)
     select lane, product_id, account_id, wanted, 1, 0, $5::timestamptz
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[]) as wish (lane, product_id, account_id, wanted)
     where wanted <> 'none' or exists (
       select from receivables.dunning_stop known where known.lane = wish.lane and known.product_id = wish.product_id)
     order by lane, product_id
     on conflict (lane, product_id) do update set wanted = excluded.wanted, tries = 0, next_try_at = excluded.next_try_at
       where s.wanted <> excluded.wanted`,
    [
      wishes.map(({ lane }) => lane),
      wishes.map(({ productId }) => productId),
      wishes.map(({ accountId }) => accountId),
      wishes.map(({ wanted }) => wanted),
      tx.now,
    ],
  );
  if (turned > 0) tx.enqueue(ORDER_DUNNING_STOPS, {});
}

/** A product changed: if dunning has to do with it, the job sees whether it stands as it shall. */
export async function lookAtStop(tx: Tx, lane: number, productId: string): Promise<void> {
  const touched = await tx.execute(
    `update receivables.dunning_stop set next_try_at = $3 where lane = $1 and product_id = $2`,
    [lane, productId, tx.now],
  );
  if (touched > 0) tx.enqueue(ORDER_DUNNING_STOPS, {});
}

/** An order did not go through: if it was one of these, another is asked for after a while. */
export async function orderEnded(tx: Tx, lane: number, orderId: string): Promise<void> {
  const again = addMs(tx.now, FAILED_ORDER_MS);
  const touched = await tx.execute(
    `update receivables.dunning_stop set next_try_at = $3 where lane = $1 and order_id = $2`,
    [lane, orderId, again],
  );
  if (touched > 0) await tx.schedule(DUNNING_STOPS_DUE, again, again);
}

/** Products that are to be looked at now, with their latest state and what goes with them. */
export async function findDueStops(tx: Tx, limit: number): Promise<DunningStop[]> {
  const rows = await tx.query<{
    lane: number;
    product_id: string;
    wanted: Stop;
    attempt: number;
    tries: number;
    state: ProductState | null;
    followers: string[];
  }>(
    `select s.lane, s.product_id, s.wanted, s.attempt, s.tries, p.state, array(
       select f.product_id from receivables.product f
       where f.lane = s.lane and f.account_id = s.account_id and f.is_live
         and f.card_group_id = s.product_id and f.product_id <> s.product_id order by f.product_id) as followers
     from receivables.dunning_stop s
     left join receivables.product p on p.lane = s.lane and p.product_id = s.product_id
     where s.next_try_at <= $1 order by s.next_try_at, s.lane, s.product_id limit $2`,
    [tx.now, limit],
  );
  return rows.map((row) => ({
    lane: row.lane,
    productId: row.product_id,
    wanted: row.wanted,
    attempt: row.attempt,
    tries: row.tries,
    product: row.state,
    followers: row.followers,
  }));
}

/** Whether any product is to be looked at now. */
export async function hasDueStops(tx: Tx): Promise<boolean> {
  const rows = await tx.query(`select 1 from receivables.dunning_stop where next_try_at <= $1 limit 1`, [
    tx.now,
  ]);
  return rows.length > 0;
}

/** Notes what came of it. Whose wish was turned meanwhile is looked at again at once. */
export async function saveStops(tx: Tx, answers: readonly AskedOrder<DunningStop>[]): Promise<void> {
  await tx.execute(
    `update receivables.dunning_stop s set attempt = case when new.is_unanswered then s.attempt else s.attempt + 1 end,
       order_id = coalesce(new.order_id, s.order_id),
       tries = case when new.again is null then 0 when s.wanted = new.wanted then s.tries + 1 else s.tries end,
       next_try_at = case when s.wanted = new.wanted then new.again else s.next_try_at end
     from unnest($1::smallint[], $2::uuid[], $3::integer[], $4::text[], $5::uuid[], $6::timestamptz[],
       $7::boolean[]) as new (lane, product_id, attempt, wanted, order_id, again, is_unanswered)
     where s.lane = new.lane and s.product_id = new.product_id and s.attempt = new.attempt`,
    [
      answers.map(({ wish }) => wish.lane),
      answers.map(({ wish }) => wish.productId),
      answers.map(({ wish }) => wish.attempt),
      answers.map(({ wish }) => wish.wanted),
      answers.map(({ orderId }) => orderId),
      answers.map(({ again }) => again),
      answers.map(({ isUnanswered }) => isUnanswered),
    ],
  );
  for (const instant of new Set(answers.flatMap(({ again }) => again ?? []))) {
    await tx.schedule(DUNNING_STOPS_DUE, instant, instant);
  }
}
