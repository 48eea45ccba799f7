import { Injectable } from '@nestjs/common';
import type { ProductResource } from '@ronghe/contracts';
import { OnJob, PendingWork, requestContext, Transactions, type Tx } from '@ronghe/platform';
import { resourcesOfItem, type DecomposableItem } from '../basket/decompose';
import { InstalledProducts } from '../product/installed-products.service';
import { orderingError } from '../ordering.errors';
import { nextStep, type OrderStep } from './order';
import { beginning } from './order-demand';
import { OrderProgress, ADVANCE_ORDER } from './order-progress.service';
import { resourcesAfterMove, type OrderItemRecord, type OrderRecord } from './order-record';
import { OrderRequests, type RequestAnswer } from './order-requests.service';
import { OrderSheets } from './order-sheet.service';

/** More steps than any order has: a worker that needs more goes round in circles. */
const STEPS_MAXIMUM = 12;
const PENDING_MAXIMUM = 500;

/** Drives orders on from the state that they are stored in: ask, record the answer, again. */
@Injectable()
export class OrderWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly sheets: OrderSheets,
    private readonly requests: OrderRequests,
    private readonly progress: OrderProgress,
    private readonly installed: InstalledProducts,
  ) {}

  @OnJob(ADVANCE_ORDER)
  async advance({ orderId }: { orderId: string }): Promise<void> {
    for (let steps = 0; steps < STEPS_MAXIMUM; steps += 1) {
      const { order, items, demand } = await this.sheets.read(orderId);
      const step = nextStep(order.state);
      if (step === null) return;
      await this.take(step, order, items, demand);
    }
    throw orderingError('order_stuck', { orderId, steps: STEPS_MAXIMUM });
  }

  /** Work that can make progress now; an order that waits for a reply is not among it. */
  @PendingWork(ADVANCE_ORDER)
  async pending(): Promise<{ orderId: string }[]> {
    return (await this.sheets.drivable(PENDING_MAXIMUM)).map((orderId) => ({ orderId }));
  }

  private async take(
    step: OrderStep,
    order: OrderRecord,
    items: readonly OrderItemRecord[],
    demand: readonly DecomposableItem[],
  ): Promise<void> {
    const { orderId } = order;
    switch (step) {
      case 'begin':
        return this.record(orderId, { happening: beginning(demand) });
      case 'hold':
        return this.recordHold(items, orderId, await this.requests.hold(order, demand));
      case 'place':
        return this.record(orderId, await this.requests.place(order, demand));
      case 'recall':
        return this.record(orderId, await this.requests.recall(orderId));
      case 'release':
        return this.record(orderId, await this.requests.release(orderId));
      case 'return':
        return this.record(orderId, await this.requests.giveBack(orderId, items));
      case 'confirm':
        return this.complete(order, items);
    }
  }

  private async record(
    orderId: string,
    answer: RequestAnswer,
    effect: (tx: Tx) => Promise<void> = async () => {},
  ): Promise<void> {
    await this.transactions.run((tx) => this.progress.apply(tx, orderId, answer.happening, () => effect(tx)));
  }

  private async recordHold(
    items: readonly OrderItemRecord[],
    orderId: string,
    answer: RequestAnswer,
  ): Promise<void> {
    const holding = items.map((item) => ({
      ...item,
      resources: heldFor(item, resourcesOfItem(item.itemNo, answer.held ?? [])),
    }));
    await this.record(orderId, answer, (tx) => this.sheets.saveResources(tx, orderId, holding));
  }

  /** Sold resources first, then the products and their facts in one transaction with the order's. */
  private async complete(order: OrderRecord, items: readonly OrderItemRecord[]): Promise<void> {
    const { orderId } = order;
    const took =
      order.kind === 'sale'
        ? items.some((item) => item.resources.length > 0)
        : items.some((item) => item.replaced.length > 0);
    if (took) await this.requests.confirm(orderId);
    const by = requestContext().actor?.id ?? 'system';
    await this.record(orderId, { happening: this.installed.happening(order, items) }, (tx) =>
      this.installed.write(tx, order, items, by),
    );
  }
}

function heldFor(item: OrderItemRecord, held: ProductResource[]): ProductResource[] {
  return item.action === 'move' ? resourcesAfterMove(item, held) : held;
}
