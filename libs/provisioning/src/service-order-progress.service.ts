import { Injectable } from '@nestjs/common';
import type { Tx } from '@ronghe/platform';
import { decide, nextWork, type ServiceOrder, type Task, type TaskOutcome, type Work } from './service-order';
import { ServiceOrderStore } from './service-order.store';
import { ServiceStore } from './service.store';

/** What the driver does next. */
export type Step =
  | (Extract<Work, { tasks: Task[] }> & { maximumAttempts: number })
  /** Undoing gave up for the `rounds`th time. */
  | { kind: 'rest'; rounds: number }
  /** Completed, failed, or waiting for a person. */
  | { kind: 'ended' };

/** Records how far a service order is, one short transaction a round, and replies when it ends. */
@Injectable()
export class ServiceOrderProgress {
  constructor(
    private readonly orders: ServiceOrderStore,
    private readonly services: ServiceStore,
  ) {}

  /** Applies what came of the last round and records what is sent in the next one. */
  async advance(tx: Tx, serviceOrderId: string, outcomes: readonly TaskOutcome[]): Promise<Step> {
    const before = await this.orders.lock(tx, serviceOrderId);
    if (!before) return { kind: 'ended' };
    const order = outcomes.reduce((now, outcome) => decide(now, { type: 'report', outcome }), before);
    const hasGivenUp = outcomes.some(
      ({ direction, result }) => direction === 'backward' && result === 'unreachable',
    );
    if (hasGivenUp && order.progress.state === 'undoing') {
      await this.orders.save(tx, before, order);
      return { kind: 'rest', rounds: order.progress.rounds };
    }
    const work = nextWork(order);
    switch (work.kind) {
      case 'forward': {
        const taskIds = work.tasks.map((task) => task.taskId);
        await this.orders.save(tx, before, decide(order, { type: 'send', taskIds }));
        return { ...work, maximumAttempts: order.maximumAttempts };
      }
      case 'backward':
        if (order !== before) await this.orders.save(tx, before, order);
        return { ...work, maximumAttempts: order.maximumAttempts };
      case 'finish':
        await this.finish(tx, before, decide(order, { type: 'finish', at: tx.now }));
        return { kind: 'ended' };
      case 'none':
        if (order !== before) await this.orders.save(tx, before, order);
        return { kind: 'ended' };
    }
  }

  /** The services change and the reply is published in the transaction that ends the order. */
  private async finish(tx: Tx, before: ServiceOrder, order: ServiceOrder): Promise<void> {
    await this.orders.save(tx, before, order);
    const { serviceOrderId, orderId, lane, version, progress } = order;
    const envelope = { aggregateId: orderId, lane, version };
    if (progress.state === 'failed') {
      const { reason, finishedAt } = progress;
      tx.emit('service-order.failed.v1', {
        ...envelope,
        payload: { serviceOrderId, orderId, finishedAt, reason },
      });
      return;
    }
    await this.change(tx, order);
    tx.emit('service-order.completed.v1', {
      ...envelope,
      payload: { serviceOrderId, orderId, finishedAt: tx.now },
    });
  }

  private async change(tx: Tx, { action, items, serviceOrderId }: ServiceOrder): Promise<void> {
    switch (action) {
      case 'activate':
        return this.services.activate(tx, items, serviceOrderId);
      case 'deactivate':
        return this.services.terminate(tx, items, serviceOrderId);
      case 'change':
        return this.services.change(tx, items);
      case 'bar':
      case 'unbar':
        return this.services.bar(tx, items);
    }
  }
}
