import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '@ronghe/platform';
import { orderingError } from '../ordering.errors';
import { isFinished } from './order';
import { OrderReadingStore } from './order-reading.store';
import type { OrderItemRecord, OrderRecord, OrderStateRecord } from './order-record';

/** One may wait for an order so long in one request. */
export const WAIT_MAXIMUM_SECONDS = 30;
const POLL_MS = 100;

/** Orders for the edges: read in batches, in the order of the ids that are asked for. */
@Injectable()
export class OrderReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly orders: OrderReadingStore,
  ) {}

  async byIds(orderIds: readonly string[]): Promise<(OrderRecord | null)[]> {
    const found = await this.transactions.read((tx) => this.orders.findMany(tx, orderIds));
    const byId = new Map(found.map((order) => [order.orderId, order]));
    return orderIds.map((orderId) => byId.get(orderId) ?? null);
  }

  /** @throws DomainError order_not_found */
  async get(orderId: string): Promise<OrderRecord> {
    const [order] = await this.byIds([orderId]);
    if (!order) throw orderingError('order_not_found', { orderId });
    return order;
  }

  /**
   * The order when it is finished, or as it stands when the time is up (real time, not business time).
   * @throws DomainError wait_invalid
   */
  async waitFor(orderId: string, seconds: number): Promise<OrderRecord | null> {
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > WAIT_MAXIMUM_SECONDS) {
      throw orderingError('wait_invalid', { seconds });
    }
    const until = performance.now() + seconds * 1000;
    for (;;) {
      const [order] = await this.byIds([orderId]);
      if (!order || isFinished(order.state) || performance.now() >= until) return order ?? null;
      await sleep(POLL_MS);
    }
  }

  async items(orderIds: readonly string[]): Promise<OrderItemRecord[][]> {
    const items = await this.transactions.read((tx) => this.orders.items(tx, orderIds));
    return orderIds.map((orderId) => items.get(orderId) ?? []);
  }

  async histories(orderIds: readonly string[]): Promise<OrderStateRecord[][]> {
    const history = await this.transactions.read((tx) => this.orders.history(tx, orderIds));
    return orderIds.map((orderId) => history.get(orderId) ?? []);
  }

  /** The newest orders of each owner, `limit` at most, older than `after`. */
  async ofOwners(
    by: 'customer_id' | 'account_id',
    ids: readonly string[],
    after: string | null,
    limit: number,
  ): Promise<OrderRecord[][]> {
    const rows = await this.transactions.read((tx) => this.orders.list(tx, { by, ids }, limit, after));
    return ids.map((id) =>
      rows.filter((row) => (by === 'customer_id' ? row.customerId : row.accountId) === id),
    );
  }

  /** One page by position, newest first, with the items of its orders. */
  async page(
    customerId: string | null,
    page: { offset: number; limit: number },
  ): Promise<{ total: number; orders: { order: OrderRecord; items: OrderItemRecord[] }[] }> {
    return this.transactions.read(async (tx) => {
      const { total, orders } = await this.orders.page(tx, customerId, page);
      const items = await this.orders.items(
        tx,
        orders.map((order) => order.orderId),
      );
      return { total, orders: orders.map((order) => ({ order, items: items.get(order.orderId) ?? [] })) };
    });
  }
}
