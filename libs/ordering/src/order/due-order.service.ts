import { Injectable } from '@nestjs/common';
import { addMs, isDomainError } from '@ronghe/kernel';
import { OnDue, type Tx } from '@ronghe/platform';
import { settleTermination } from '../basket/settle-termination';
import { orderingError } from '../ordering.errors';
import { isLive } from '../product/product';
import { ProductStore } from '../product/product.store';
import { ReferenceStore, todayOf } from '../reference/reference.store';
import type { OrderReason } from './order';
import type { OrderItemRecord, OrderRecord } from './order-record';
import { OrderProgress, ORDER_DEADLINE, ORDER_DUE } from './order-progress.service';
import { OrderStore } from './order.store';
import { SaleReading } from './sale-reading.service';

const MINUTE_MS = 60_000;

/** Begins orders whose day has come, if what they name is still as it has to be. */
@Injectable()
export class DueOrders {
  constructor(
    private readonly orders: OrderStore,
    private readonly progress: OrderProgress,
    private readonly products: ProductStore,
    private readonly reference: ReferenceStore,
    private readonly sales: SaleReading,
  ) {}

  /** What another order does to one of its products is waited for, a minute at a time. */
  @OnDue(ORDER_DUE)
  async due({ key: orderId }: { key: string }, tx: Tx): Promise<void> {
    const order = await this.orders.lock(tx, orderId);
    if (order.state !== 'scheduled') return;
    const items = await this.progress.items(tx, orderId);
    const answer = await this.look(tx, order, items);
    if (answer === 'busy') return tx.schedule(ORDER_DUE, orderId, addMs(tx.now, MINUTE_MS));
    if (answer !== null) {
      await this.progress.apply(tx, orderId, { kind: 'due_refused', reason: answer });
      return;
    }
    const account = await this.accountOf(tx, order);
    const policy = await this.reference.orderingPolicy(tx, todayOf(account, tx.now));
    const deadline = addMs(tx.now, policy.holdMinutes * MINUTE_MS);
    await this.orders.setHoldUntil(tx, orderId, addMs(deadline, policy.holdMinutes * MINUTE_MS));
    await tx.schedule(ORDER_DEADLINE, orderId, deadline);
    await this.progress.apply(tx, orderId, { kind: 'due' });
  }

  /** Null: it may begin. */
  private async look(
    tx: Tx,
    order: OrderRecord,
    items: readonly OrderItemRecord[],
  ): Promise<OrderReason | 'busy' | null> {
    if (order.kind === 'sale') return null;
    const ids = items.map(({ productId }) => productId);
    const products = await this.products.latest(tx, ids);
    const ended = products.find(({ state }) => !isLive(state));
    if (ended) return reasonOf(orderingError('product_not_active', { productId: ended.state.productId }));
    const open = await this.orders.openItemsOfAccount(tx, order.accountId);
    if (open.some(({ productId, isScheduled }) => !isScheduled && ids.includes(productId))) return 'busy';
    if (order.kind !== 'termination') return null;
    const account = await this.accountOf(tx, order);
    const context = await this.sales.terminationContext(tx, account, products, { waiting: 'ignore' });
    try {
      settleTermination(
        ids.map((productId) => ({ action: 'delete', productId })),
        context,
      );
      return null;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return reasonOf(error);
    }
  }

  private accountOf(tx: Tx, { customerId, accountId }: OrderRecord) {
    return this.reference.partiesOf(tx, customerId, accountId);
  }
}

function reasonOf({ code, message: text }: { code: string; message: string }): OrderReason {
  return { code, text };
}
