import { Injectable } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { OrderItemRecord, OrderRecord, OrderStateRecord } from './order-record';
import {
  itemFromRow,
  orderFromRow,
  stateFromRow,
  type ItemRow,
  type OrderRow,
  type StateRow,
} from './order-row';

/** Reads orders, their items and their history; many at once. */
@Injectable()
export class OrderReadingStore {
  /** Null when there is no such order. */
  async find(tx: Tx, orderId: string): Promise<OrderRecord | null> {
    const [order] = await this.findMany(tx, [orderId]);
    return order ?? null;
  }

  async findMany(tx: Tx, orderIds: readonly string[]): Promise<OrderRecord[]> {
    const rows = await tx.query<OrderRow>(
      `select * from ordering.product_order where order_id = any($1::uuid[]) order by order_id`,
      [orderIds.filter(isId)],
    );
    return rows.map(orderFromRow);
  }

  /** Items of many orders, by order id, each in its order. */
  async items(tx: Tx, orderIds: readonly string[]): Promise<Map<string, OrderItemRecord[]>> {
    const rows = await tx.query<ItemRow>(
      `select * from ordering.order_item where order_id = any($1::uuid[]) order by order_id, item_no`,
      [orderIds.filter(isId)],
    );
    return grouped(rows, itemFromRow);
  }

  /** The history of many orders, by order id, oldest first. */
  async history(tx: Tx, orderIds: readonly string[]): Promise<Map<string, OrderStateRecord[]>> {
    const rows = await tx.query<StateRow>(
      `select order_id, sequence, state, reason_code, reason_text, at, recorded_by from ordering.order_state
       where order_id = any($1::uuid[]) order by order_id, sequence`,
      [orderIds.filter(isId)],
    );
    return grouped(rows, stateFromRow);
  }

  /** Orders of many owners at once, newest first, at most `limit` for each, older than one id. */
  async list(
    tx: Tx,
    filter: { by: 'customer_id' | 'account_id'; ids: readonly string[] },
    limit: number,
    after: string | null,
  ): Promise<OrderRecord[]> {
    const rows = await tx.query<OrderRow>(
      `select p.* from unnest($1::uuid[]) as owner (id), lateral (
         select * from ordering.product_order
         where ${filter.by} = owner.id and ($2::uuid is null or order_id < $2)
         order by order_id desc limit $3
       ) p order by p.order_id desc`,
      [filter.ids.filter(isId), after, limit],
    );
    return rows.map(orderFromRow);
  }

  /** One page by position, newest first, as TMF622 pages, and how many there are in all. */
  async page(
    tx: Tx,
    customerId: string | null,
    page: { offset: number; limit: number },
  ): Promise<{ total: number; orders: OrderRecord[] }> {
    const [count] = await tx.query<{ total: string }>(
      `select count(*) as total from ordering.product_order where ($1::uuid is null or customer_id = $1)`,
      [customerId],
    );
    const rows = await tx.query<OrderRow>(
      `select * from ordering.product_order where ($1::uuid is null or customer_id = $1)
       order by order_id desc offset $2 limit $3`,
      [customerId, page.offset, page.limit],
    );
    return { total: Number(count?.total ?? 0), orders: rows.map(orderFromRow) };
  }
}

function grouped<R extends { order_id: string }, T>(
  rows: readonly R[],
  read: (row: R) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.order_id);
    if (group) group.push(read(row));
    else groups.set(row.order_id, [read(row)]);
  }
  return groups;
}
