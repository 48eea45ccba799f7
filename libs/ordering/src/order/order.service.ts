import { Injectable } from '@nestjs/common';
import type { PlaceOrderInput } from '@ronghe/contracts';
import { Transactions } from '@ronghe/platform';
import { OrderParties } from './order-parties.service';
import { OrderProgress } from './order-progress.service';
import { PlaceOrder } from './place-order.service';

const REASON_MAXIMUM = 200;

/** Orders as the edges ask for them: each at most once per idempotency key. */
@Injectable()
export class OrderService {
  constructor(
    private readonly transactions: Transactions,
    private readonly parties: OrderParties,
    private readonly placing: PlaceOrder,
    private readonly progress: OrderProgress,
  ) {}

  /** @throws DomainError of OrderParties.learn and PlaceOrder.place; idempotency_key_reused */
  async place(input: PlaceOrderInput, key: string): Promise<{ orderId: string }> {
    await this.parties.learn(input.customerId, input.accountId);
    return this.transactions.once('ordering.placeOrder', key, input, (tx) => this.placing.place(tx, input));
  }

  /** @throws DomainError order_not_found, order_not_cancellable; idempotency_key_reused */
  async cancel(orderId: string, reason: string, key: string): Promise<{ orderId: string }> {
    const text = reason.slice(0, REASON_MAXIMUM);
    return this.transactions.once('ordering.cancelOrder', key, { orderId, reason }, async (tx) => {
      await this.progress.apply(tx, orderId, {
        kind: 'cancel_requested',
        reason: { code: 'cancelled', text },
      });
      return { orderId };
    });
  }
}
