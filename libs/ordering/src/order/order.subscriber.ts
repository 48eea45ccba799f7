import { Injectable } from '@nestjs/common';
import type { CommandAnswer, CommandInput, EventEnvelope } from '@ronghe/contracts';
import { isDomainError } from '@ronghe/kernel';
import { OnCommand, OnDue, OnEvent, type Tx } from '@ronghe/platform';
import { OrderProgress, ORDER_DEADLINE } from './order-progress.service';
import { PlaceOrder } from './place-order.service';

/** What comes in from other domains and from the clock. */
@Injectable()
export class OrderSubscriber {
  constructor(
    private readonly progress: OrderProgress,
    private readonly placing: PlaceOrder,
  ) {}

  @OnCommand('ordering.placeOrder')
  async place(
    input: CommandInput<'ordering.placeOrder'>,
    tx: Tx,
  ): Promise<CommandAnswer<'ordering.placeOrder'>> {
    return this.placing.place(tx, input);
  }

  @OnEvent('service-order.completed.v1')
  async serviceOrderCompleted(event: EventEnvelope<'service-order.completed.v1'>, tx: Tx): Promise<void> {
    await this.progress.apply(tx, event.payload.orderId, { kind: 'service_order_completed' });
  }

  @OnEvent('service-order.failed.v1')
  async serviceOrderFailed(event: EventEnvelope<'service-order.failed.v1'>, tx: Tx): Promise<void> {
    const { orderId, reason: text } = event.payload;
    const reason = { code: 'service_order_failed', text };
    await this.progress.apply(tx, orderId, { kind: 'service_order_failed', reason });
  }

  /** An order that is not done by its deadline gives back what it holds; one past the point of no return goes on. */
  @OnDue(ORDER_DEADLINE)
  async deadline(row: { key: string }, tx: Tx): Promise<void> {
    const reason = { code: 'deadline_passed', text: 'the order was not done in time' };
    try {
      await this.progress.apply(tx, row.key, { kind: 'cancel_requested', reason });
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'order_not_cancellable') throw error;
    }
  }
}
