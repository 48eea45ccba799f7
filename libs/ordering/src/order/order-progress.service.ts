import { Injectable } from '@nestjs/common';
import { requestContext, type Tx } from '@ronghe/platform';
import { decide, isFinished, nextStep, type OrderHappening } from './order';
import type { OrderItemRecord, OrderRecord } from './order-record';
import { OrderReadingStore } from './order-reading.store';
import { OrderStore } from './order.store';

/** The job that drives one order on. */
export const ADVANCE_ORDER = 'ordering.advanceOrder';

/** The schedule at which the day of an order comes. */
export const ORDER_DUE = 'ordering.orderDue';

/** The schedule at which an order that is not done is cancelled. */
export const ORDER_DEADLINE = 'ordering.orderDeadline';

/** Applies what happens to an order: one place that locks, decides, writes, publishes and starts the next step. */
@Injectable()
export class OrderProgress {
  constructor(
    private readonly orders: OrderStore,
    private readonly reading: OrderReadingStore,
  ) {}

  /**
   * Applies a happening to an order that is locked here, with an effect of its own in the same transaction. Null,
   * and no effect, when it changes nothing: it came twice or too late.
   * @throws DomainError order_not_found, order_not_cancellable
   */
  async apply(
    tx: Tx,
    orderId: string,
    happening: OrderHappening,
    effect: () => Promise<void> = async () => {},
  ): Promise<OrderRecord | null> {
    const order = await this.orders.lock(tx, orderId);
    const move = decide(order.state, happening);
    if (!move) return null;
    await effect();
    const moved = await this.orders.move(tx, order, move, requestContext().actor?.id ?? 'system');
    if (nextStep(moved.state)) tx.enqueue(ADVANCE_ORDER, { orderId });
    if (isFinished(moved.state)) await this.finish(tx, moved);
    return moved;
  }

  /** The items of an order, in their order. */
  async items(tx: Tx, orderId: string): Promise<OrderItemRecord[]> {
    return (await this.reading.items(tx, [orderId])).get(orderId) ?? [];
  }

  private async finish(tx: Tx, order: OrderRecord): Promise<void> {
    await tx.cancelSchedule(ORDER_DEADLINE, order.orderId);
    await tx.cancelSchedule(ORDER_DUE, order.orderId);
    const about = { aggregateId: order.orderId, lane: order.lane, version: order.version };
    const { orderId, customerId, accountId } = order;
    if (order.state === 'completed') {
      const productIds = (await this.items(tx, orderId)).map((item) => item.productId);
      tx.emit('order.completed.v1', {
        ...about,
        payload: { orderId, customerId, accountId, productIds, completedAt: tx.now },
      });
    } else if (order.state === 'cancelled') {
      tx.emit('order.cancelled.v1', { ...about, payload: { orderId, customerId } });
    } else {
      const reason = order.reason?.code ?? 'unknown';
      tx.emit('order.failed.v1', { ...about, payload: { orderId, customerId, reason } });
    }
  }
}
