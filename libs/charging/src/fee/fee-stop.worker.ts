import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import {
  askForOrders,
  Commands,
  OnDue,
  OnEvent,
  OnJob,
  PendingWork,
  Transactions,
  type DueRow,
  type JsonObject,
  type Tx,
} from '@ronghe/platform';
import { FEE_STOP_PATIENCE, stopKey, stopOrder, wantedAction } from './fee-stop';
import { findDueStops, hasDueStops, ORDER_STOPS, orderEnded, saveStops, STOPS_DUE } from './fee-stop.store';

/** Sees to it that products are stopped while a fee is unpaid beyond its grace, and go on once it is paid: by orders. */
@Injectable()
export class FeeStopWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
  ) {}

  /** Some order should have told of its end. */
  @OnDue(STOPS_DUE)
  async stopsDue(_due: DueRow, tx: Tx): Promise<void> {
    tx.enqueue(ORDER_STOPS, {});
  }

  @OnEvent('order.failed.v1')
  async orderFailed({ payload, lane }: EventEnvelope<'order.failed.v1'>, tx: Tx): Promise<void> {
    await orderEnded(tx, lane, payload.orderId);
  }

  @OnEvent('order.cancelled.v1')
  async orderCancelled({ payload, lane }: EventEnvelope<'order.cancelled.v1'>, tx: Tx): Promise<void> {
    await orderEnded(tx, lane, payload.orderId);
  }

  @OnJob(ORDER_STOPS)
  async order(): Promise<void> {
    const { transactions, commands } = this;
    await askForOrders(
      { transactions, commands },
      {
        ...{ findDue: findDueStops, save: saveStops, patience: FEE_STOP_PATIENCE },
        orderOf: (stop) => {
          const action = wantedAction(stop);
          if (action === null || stop.product === null) return null;
          const input = stopOrder(stop.product, action, stop.freedSubCards);
          return { input, key: stopKey(stop, action), tries: stop.tries };
        },
      },
    );
  }

  @PendingWork(ORDER_STOPS)
  async due(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasDueStops)) ? [{}] : [];
  }
}
