import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { addMs, isDomainError } from '@ronghe/kernel';
import {
  askForOrder,
  Commands,
  OnDue,
  OnEvent,
  OnJob,
  PendingWork,
  Transactions,
  type AskedOrder,
  type DueRow,
  type JsonObject,
  type Tx,
} from '@ronghe/platform';
import { FEE_STOP_PATIENCE, stopKey, stopOrder, wantedAction, type FeeStop } from './fee-stop';
import { findDueStops, hasDueStops, ORDER_STOPS, orderEnded, saveStops, STOPS_DUE } from './fee-stop.store';

/** Products that are looked at before it is noted what came of it. */
const STOPS_AT_ONCE = 20;

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
    while (await this.orderSome());
  }

  @PendingWork(ORDER_STOPS)
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
        asked.map(({ afterMs, error, ...answer }) => ({
          ...answer,
          isUnanswered: error !== undefined,
          again: afterMs === null ? null : addMs(tx.now, afterMs),
        })),
      ),
    );
    // What is wrong with one is no reason not to ask for others; that ordering is not there yet is nothing wrong.
    const failed = asked.find(({ error }) => error !== undefined && !isDomainError(error));
    if (failed) throw failed.error;
    return true;
  }

  /** Places the order, outside of any transaction; a process that dies before it noted the answer asks with the same key. */
  private async ask(stop: FeeStop): Promise<AskedOrder & { stop: FeeStop }> {
    const action = wantedAction(stop);
    if (action === null || stop.product === null) return { stop, orderId: null, afterMs: null };
    const input = stopOrder(stop.product, action, stop.freedSubCards);
    const order = { input, key: stopKey(stop, action), tries: stop.tries };
    return { stop, ...(await askForOrder(this.commands, order, FEE_STOP_PATIENCE)) };
  }
}
