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
import { DUNNING_PATIENCE, stopKey, stopOrder, wantedAction } from './dunning-stop';
import {
  DUNNING_STOPS_DUE,
  findDueStops,
  hasDueStops,
  ORDER_DUNNING_STOPS,
  orderEnded,
  saveStops,
} from './dunning-stop.store';

/** Sees to it that products stand as dunning wants them to: by orders, asked for again until ordering tells that it is so. */
@Injectable()
export class DunningStopWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
  ) {}

  /** Some order should have told of its end. */
  @OnDue(DUNNING_STOPS_DUE)
  async stopsDue(_due: DueRow, tx: Tx): Promise<void> {
    tx.enqueue(ORDER_DUNNING_STOPS, {});
  }

  @OnEvent('order.failed.v1')
  async orderFailed({ payload, lane }: EventEnvelope<'order.failed.v1'>, tx: Tx): Promise<void> {
    await orderEnded(tx, lane, payload.orderId);
  }

  @OnEvent('order.cancelled.v1')
  async orderCancelled({ payload, lane }: EventEnvelope<'order.cancelled.v1'>, tx: Tx): Promise<void> {
    await orderEnded(tx, lane, payload.orderId);
  }

  @OnJob(ORDER_DUNNING_STOPS)
  async order(): Promise<void> {
    const { transactions, commands } = this;
    await askForOrders(
      { transactions, commands },
      {
        ...{ findDue: findDueStops, save: saveStops, patience: DUNNING_PATIENCE },
        orderOf: (stop) => {
          const action = wantedAction(stop);
          if (action === null || stop.product === null) return null;
          return { input: stopOrder(stop, stop.product, action), key: stopKey(stop), tries: stop.tries };
        },
      },
    );
  }

  @PendingWork(ORDER_DUNNING_STOPS)
  async due(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasDueStops)) ? [{}] : [];
  }
}
