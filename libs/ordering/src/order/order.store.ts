import { Injectable } from '@nestjs/common';
import { isId, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { orderingError } from '../ordering.errors';
import { drivenStates, isFinished, reasonAfter, type OrderMove } from './order';
import type { OrderItemRecord, OrderRecord } from './order-record';
import { itemFromRow, itemToRow, orderFromRow, type ItemRow, type OrderRow } from './order-row';

/** Writes orders, their items and their history. */
@Injectable()
export class OrderStore {
  async insert(tx: Tx, order: OrderRecord, items: readonly OrderItemRecord[]): Promise<void> {
    await tx.execute(
      `insert into ordering.product_order
         (order_id, customer_id, account_id, lane, kind, state, version, bundle_id, bundle_offering_code,
          bundle_offering_version, quote_id, placed_by, channel, placed_at, hold_until, changed_at, effective_at, backdate_reason, sales_channel)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
      [
        order.orderId,
        order.customerId,
        order.accountId,
        order.lane,
        order.kind,
        order.state,
        order.version,
        order.bundle?.bundleId ?? null,
        order.bundle?.offeringCode ?? null,
        order.bundle?.offeringVersion ?? null,
        order.quoteId,
        order.placedBy,
        order.channel,
        order.placedAt,
        order.holdUntil,
        order.changedAt,
        order.effectiveAt,
        order.backdateReason,
        order.salesChannel,
      ],
    );
    await this.insertItems(tx, order.orderId, items);
    await this.insertState(
      tx,
      order.orderId,
      order.version,
      { to: order.state, reason: null },
      order.placedBy,
    );
  }

  /** Locks the order until the end of the transaction: who comes first decides. @throws DomainError order_not_found */
  async lock(tx: Tx, orderId: string): Promise<OrderRecord> {
    const [row] = await tx.query<OrderRow>(
      `select * from ordering.product_order where order_id = $1 for update`,
      [isId(orderId) ? orderId : null],
    );
    if (!row) throw orderingError('order_not_found', { orderId });
    return orderFromRow(row);
  }

  /** Writes a move of a locked order and its history; returns the order after it. */
  async move(tx: Tx, order: OrderRecord, move: OrderMove, by: string): Promise<OrderRecord> {
    const moved: OrderRecord = {
      ...order,
      state: move.to,
      version: order.version + 1,
      reason: reasonAfter(order.reason, move),
      changedAt: tx.now,
      finishedAt: isFinished(move.to) ? tx.now : null,
    };
    await tx.execute(
      `update ordering.product_order set state = $2, version = $3, reason_code = $4, reason_text = $5,
         changed_at = $6, finished_at = $7 where order_id = $1`,
      [
        moved.orderId,
        moved.state,
        moved.version,
        moved.reason?.code ?? null,
        moved.reason?.text ?? null,
        moved.changedAt,
        moved.finishedAt,
      ],
    );
    await this.insertState(tx, moved.orderId, moved.version, move, by);
    return moved;
  }

  /** Remembers what inventory holds for the items. */
  async saveResources(tx: Tx, orderId: string, items: readonly OrderItemRecord[]): Promise<void> {
    await tx.execute(
      `update ordering.order_item i set resources = n.resources
       from unnest($2::smallint[], $3::jsonb[]) as n (item_no, resources)
       where i.order_id = $1 and i.item_no = n.item_no`,
      [orderId, items.map((item) => item.itemNo), items.map((item) => JSON.stringify(item.resources))],
    );
  }

  /** An order whose day has come holds what it needs until then. */
  async setHoldUntil(tx: Tx, orderId: string, until: Instant): Promise<void> {
    await tx.execute(`update ordering.product_order set hold_until = $2 where order_id = $1`, [
      orderId,
      until,
    ]);
  }

  /** Items of the account's open orders, and whether the order waits for its day. */
  async openItemsOfAccount(
    tx: Tx,
    accountId: string,
  ): Promise<(OrderItemRecord & { orderId: string; isScheduled: boolean })[]> {
    const rows = await tx.query<ItemRow & { order_id: string; state: string }>(
      `select i.*, o.state from ordering.product_order o join ordering.order_item i using (order_id)
       where o.account_id = $1 and o.finished_at is null order by i.order_id, i.item_no`,
      [accountId],
    );
    return rows.map((row) => ({
      ...itemFromRow(row),
      orderId: row.order_id,
      isScheduled: row.state === 'scheduled',
    }));
  }

  /** Numbers that the customer's open orders are about to put on the identity document. */
  async countNumbersInOpenOrders(tx: Tx, customerId: string): Promise<number> {
    const [row] = await tx.query<{ numbers: string }>(
      `select coalesce(sum(i.number_count), 0) as numbers
       from ordering.product_order o join ordering.order_item i using (order_id)
       where o.customer_id = $1 and o.finished_at is null`,
      [customerId],
    );
    return Number(row?.numbers ?? 0);
  }

  /** Orders that their worker can drive on now, oldest first. */
  async drivable(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.query<{ order_id: string }>(
      `select order_id from ordering.product_order
       where finished_at is null and state = any($1) order by order_id limit $2`,
      [drivenStates, limit],
    );
    return rows.map((row) => row.order_id);
  }

  private async insertItems(tx: Tx, orderId: string, items: readonly OrderItemRecord[]): Promise<void> {
    const rows = items.map((item) => [orderId, ...itemToRow(item)]);
    const places = rows.map(
      (row, index) => `(${row.map((_, column) => `$${index * row.length + column + 1}`).join(', ')})`,
    );
    await tx.execute(
      `insert into ordering.order_item
         (order_id, item_no, action, product_id, offering_code, offering_version, specification, role, card,
          bundle_id, bundle_offering_code, bundle_offering_version, card_group_id, requested_number,
          online_classes, number_count, resources, block_reason, block_kind, barring,
          address, replaced)
       values ${places.join(', ')}`,
      rows.flat(),
    );
  }

  private async insertState(
    tx: Tx,
    orderId: string,
    sequence: number,
    move: OrderMove,
    by: string,
  ): Promise<void> {
    await tx.execute(
      `insert into ordering.order_state
         (order_id, sequence, state, reason_code, reason_text, at, recorded_at, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        orderId,
        sequence,
        move.to,
        move.reason?.code ?? null,
        move.reason?.text ?? null,
        tx.now,
        recordedAt(),
        by,
      ],
    );
  }
}

/** The real time of writing, beside the business time. */
function recordedAt(): Instant {
  return new Date().toISOString() as Instant;
}
