import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { addMs, isDomainError } from '@ronghe/kernel';
import {
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
import { lookAgainAfterMs, stopKey, stopOrder, wantedAction, type DunningStop } from './dunning-stop';
import {
  DUNNING_STOPS_DUE,
  findDueStops,
  hasDueStops,
  ORDER_DUNNING_STOPS,
  orderEnded,
  saveStops,
  type StopAnswer,
} from './dunning-stop.store';

/** Products that are looked at before it is noted what came of it. */
const STOPS_AT_ONCE = 20;

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
    while (await this.orderSome());
  }

  @PendingWork(ORDER_DUNNING_STOPS)
  async due(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasDueStops)) ? [{}] : [];
  }

  private async orderSome(): Promise<boolean> {
    const due = await this.transactions.read((tx) => findDueStops(tx, STOPS_AT_ONCE));
    if (due.length === 0) return false;
    const asked = await Promise.all(due.map((stop) => this.ask(stop)));
    await this.transactions.run((tx) =>
      saveStops(
        tx,
        asked.map(({ afterMs, ...answer }) => ({
          ...answer,
          again: afterMs === null ? null : addMs(tx.now, afterMs),
        })),
      ),
    );
    return true;
  }

  /** Places the order, outside of any transaction; a process that dies before it noted the answer asks with the same key. */
  private async ask(stop: DunningStop): Promise<Omit<StopAnswer, 'again'> & { afterMs: number | null }> {
    const action = wantedAction(stop);
    if (action === null || stop.product === null) return { stop, orderId: null, afterMs: null };
    try {
      const input = stopOrder(stop, stop.product, action);
      const { orderId } = await this.commands.send('ordering.placeOrder', input, { key: stopKey(stop) });
      return { stop, orderId, afterMs: lookAgainAfterMs(null, stop.tries) };
    } catch (error) {
      if (!isDomainError(error) || error.kind === 'unavailable') throw error;
      return { stop, orderId: null, afterMs: lookAgainAfterMs(error.code, stop.tries) };
    }
  }
}
