import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '@ronghe/platform';
import type { DecomposableItem } from '../basket/decompose';
import { orderingError } from '../ordering.errors';
import { ReferenceStore } from '../reference/reference.store';
import { demandOf } from './order-demand';
import { OrderReadingStore } from './order-reading.store';
import type { OrderItemRecord, OrderRecord } from './order-record';
import { OrderStore } from './order.store';

/** An order with its items and what they need. */
export interface OrderSheet {
  order: OrderRecord;
  items: OrderItemRecord[];
  demand: DecomposableItem[];
}

/** Reads what the order's worker needs for its next step, in one snapshot. */
@Injectable()
export class OrderSheets {
  constructor(
    private readonly transactions: Transactions,
    private readonly orders: OrderStore,
    private readonly reading: OrderReadingStore,
    private readonly reference: ReferenceStore,
  ) {}

  /** @throws DomainError order_not_found */
  async read(orderId: string): Promise<OrderSheet> {
    return this.transactions.read(async (tx) => {
      const order = await this.reading.find(tx, orderId);
      if (!order) throw orderingError('order_not_found', { orderId });
      const items = (await this.reading.items(tx, [orderId])).get(orderId) ?? [];
      const offers = await this.reference.offers(
        tx,
        items.map((item) => item.offeringCode),
      );
      return { order, items, demand: demandOf(items, offers) };
    });
  }

  /** Orders that can be driven on now. */
  async drivable(limit: number): Promise<string[]> {
    return this.transactions.read((tx) => this.orders.drivable(tx, limit));
  }

  /** Remembers what inventory holds for the items. */
  async saveResources(tx: Tx, orderId: string, items: readonly OrderItemRecord[]): Promise<void> {
    await this.orders.saveResources(tx, orderId, items);
  }
}
