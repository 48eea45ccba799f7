import { Injectable } from '@nestjs/common';
import { isDomainError } from '@ronghe/kernel';
import { Commands } from '@ronghe/platform';
import { resourceRequests, serviceRequests, type DecomposableItem } from '../basket/decompose';
import type { HeldResource, ServiceOrderAction } from '@ronghe/contracts';
import type { OrderHappening, OrderReason } from './order';
import { afterHold } from './order-demand';
import type { OrderItemRecord, OrderRecord } from './order-record';

/** What provisioning is asked for. */
const serviceActions: Record<OrderRecord['kind'], ServiceOrderAction> = {
  sale: 'activate',
  termination: 'deactivate',
  change: 'change',
  move: 'change',
  suspension: 'bar',
  resumption: 'unbar',
};

/** An answer to a request: what it makes of the order and, for a hold, what is held. */
export interface RequestAnswer {
  happening: OrderHappening;
  held?: HeldResource[];
}

/**
 * Asks inventory and provisioning for the effects of an order. Every request has a key made of the order and the
 * step, so that it may be repeated until its answer is known; none is made inside a transaction.
 */
@Injectable()
export class OrderRequests {
  constructor(private readonly commands: Commands) {}

  async hold(order: OrderRecord, demand: readonly DecomposableItem[]): Promise<RequestAnswer> {
    const { orderId, holdUntil: until } = order;
    const requests = resourceRequests(demand);
    try {
      const { resources } = await this.commands.send(
        'inventory.holdResources',
        { orderId, until, requests },
        { key: `${orderId}/hold` },
      );
      return { happening: { kind: 'resources_held', next: afterHold(demand) }, held: resources };
    } catch (error) {
      return { happening: { kind: 'hold_refused', reason: refusalOf(error) } };
    }
  }

  async place(order: OrderRecord, demand: readonly DecomposableItem[]): Promise<RequestAnswer> {
    const { orderId, lane, kind } = order;
    const action = serviceActions[kind];
    try {
      await this.commands.send(
        'provisioning.placeServiceOrder',
        { orderId, lane, action, services: serviceRequests(demand) },
        { key: `${orderId}/place` },
      );
      return { happening: { kind: 'service_order_placed' } };
    } catch (error) {
      return { happening: { kind: 'service_order_refused', reason: refusalOf(error) } };
    }
  }

  /** The service order is undone, finished already (its reply is on its way), or was never there. */
  async recall(orderId: string): Promise<RequestAnswer> {
    try {
      const { serviceOrderId } = await this.commands.send(
        'provisioning.cancelServiceOrder',
        { orderId },
        { key: `${orderId}/recall` },
      );
      return { happening: { kind: serviceOrderId === null ? 'nothing_to_recall' : 'recall_accepted' } };
    } catch (error) {
      if (isDomainError(error) && error.code === 'service_order_completed') {
        return { happening: { kind: 'recall_accepted' } };
      }
      throw error;
    }
  }

  /** Past the point of no return: a refusal here is a defect to be seen, so it is thrown and tried again. */
  async confirm(orderId: string): Promise<void> {
    await this.commands.send('inventory.confirmResources', { orderId }, { key: `${orderId}/confirm` });
  }

  async release(orderId: string): Promise<RequestAnswer> {
    await this.commands.send('inventory.releaseResources', { orderId }, { key: `${orderId}/release` });
    return { happening: { kind: 'resources_released' } };
  }

  async giveBack(orderId: string, items: readonly OrderItemRecord[]): Promise<RequestAnswer> {
    const resourceIds = items
      .flatMap(({ action, resources, replaced }) => (action === 'move' ? replaced : resources))
      .map(({ resourceId }) => resourceId);
    await this.commands.send(
      'inventory.returnResources',
      { resourceIds, orderId },
      { key: `${orderId}/return` },
    );
    return { happening: { kind: 'resources_returned' } };
  }
}

/**
 * Codes of the platform that say nothing about the order: the owner has decided nothing and stored no answer. Taken
 * for a refusal, they would end an order whose command takes effect after all.
 */
const notRefusals: ReadonlySet<string> = new Set([
  'command_in_flight',
  'idempotency_key_reused',
  'idempotency_key_invalid',
  'already_exists',
  'busy',
]);

/** A refusal as a reason; everything else (out of reach, a defect) is thrown on, and the step is tried again. */
function refusalOf(error: unknown): OrderReason {
  if (!isDomainError(error) || notRefusals.has(error.code)) throw error;
  if (error.kind === 'unavailable' || error.kind === 'forbidden') throw error;
  return { code: error.code, text: error.message };
}
