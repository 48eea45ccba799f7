import { Injectable } from '@nestjs/common';
import type { PlaceOrderInput } from '@ronghe/contracts';
import { requestContext, Transactions } from '@ronghe/platform';
import { orderingError } from '../ordering.errors';
import { customerReasons } from '../product/block';
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

  /** @throws DomainError of OrderParties.learn and PlaceOrder.place; block_reason_reserved, idempotency_key_reused */
  async place(input: PlaceOrderInput, key: string): Promise<{ orderId: string }> {
    refuseReservedReasons(input);
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

/** What stops a product because of money goes when the money has come, not when somebody at a counter says so. */
function refuseReservedReasons({ items }: PlaceOrderInput): void {
  if (requestContext().actor?.roles.includes('operations')) return;
  const reserved = items.find(
    ({ blockReason }) => blockReason !== undefined && !customerReasons.includes(blockReason),
  );
  if (reserved) throw orderingError('block_reason_reserved', { reason: reserved.blockReason });
}
