import { Injectable } from '@nestjs/common';
import type { CommandInput } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { decompose, policyInForce, type DecomposedService } from './decompose';
import { LeaseStore } from './lease.store';
import { PolicyStore } from './policy.store';
import { provisioningError } from './provisioning.errors';
import { decide } from './service-order';
import { ServiceOrderStore } from './service-order.store';
import { ServiceStore } from './service.store';

/** Service orders are placed, cancelled, and tried again; the driver carries them out. */
@Injectable()
export class ServiceOrderService {
  constructor(
    private readonly orders: ServiceOrderStore,
    private readonly services: ServiceStore,
    private readonly policies: PolicyStore,
    private readonly leases: LeaseStore,
  ) {}

  /**
   * Decomposes into tasks and starts to carry them out; the reply comes as an event.
   * @throws DomainError('service_order_exists' | 'service_already_active' | 'service_not_active'), and those of decompose.
   */
  async place(
    tx: Tx,
    input: CommandInput<'provisioning.placeServiceOrder'>,
  ): Promise<{ serviceOrderId: string }> {
    const { orderId, lane, action } = input;
    const earlier = (await this.orders.findOf(tx, [orderId])).find((order) => order.action === action);
    if (earlier)
      throw provisioningError('service_order_exists', { orderId, serviceOrderId: earlier.serviceOrderId });

    const items = action === 'activate' ? await this.toActivate(tx, input) : await this.running(tx, input);
    const policy = policyInForce(await this.policies.all(tx), tx.now);
    const serviceOrderId = newId();
    await this.orders.insert(tx, {
      serviceOrderId,
      orderId,
      lane,
      action,
      maximumAttempts: policy.maximumAttempts,
      placedAt: tx.now,
      version: 1,
      items,
      tasks: decompose(policy, action, items),
      progress: { state: 'carrying_out' },
    });
    tx.enqueue('provisioning.advanceServiceOrder', { serviceOrderId });
    return { serviceOrderId };
  }

  /**
   * What was done is undone, and the reply will be a failure with reason `cancelled`. The row lock decides between
   * this and completion: one wins.
   * @throws DomainError('service_order_completed').
   */
  async cancel(tx: Tx, orderId: string): Promise<{ serviceOrderId: string | null }> {
    const placed = await this.orders.lockOf(tx, orderId);
    const cancelled = placed.map((order) => decide(order, { type: 'cancel' }));
    // At most two: one for each action.
    for (const [index, order] of cancelled.entries()) {
      await this.orders.save(tx, placed[index] ?? order, order);
      tx.enqueue('provisioning.advanceServiceOrder', { serviceOrderId: order.serviceOrderId });
    }
    return { serviceOrderId: placed[0]?.serviceOrderId ?? null };
  }

  /**
   * Undoes again at once what an element refused to undo, or what rests because an element is away.
   * @throws DomainError('service_order_not_found' | 'service_order_not_stuck').
   */
  async retry(tx: Tx, serviceOrderId: string): Promise<{ serviceOrderId: string }> {
    const order = await this.orders.lock(tx, serviceOrderId);
    if (!order) throw provisioningError('service_order_not_found', { serviceOrderId });
    await this.orders.save(tx, order, decide(order, { type: 'retry' }));
    await this.leases.wake(tx, serviceOrderId);
    tx.enqueue('provisioning.advanceServiceOrder', { serviceOrderId });
    return { serviceOrderId };
  }

  private async toActivate(
    tx: Tx,
    { services }: CommandInput<'provisioning.placeServiceOrder'>,
  ): Promise<DecomposedService[]> {
    const [running] = await this.services.active(
      tx,
      services.map((service) => service.productId),
    );
    if (running) throw provisioningError('service_already_active', { productId: running.productId });
    return services.map((service) => ({ ...service, barring: null, barredBefore: null }));
  }

  /** What runs is stopped or switched off as it was switched on, whatever the command says of it, unless it changes that. */
  private async running(
    tx: Tx,
    { action, services }: CommandInput<'provisioning.placeServiceOrder'>,
  ): Promise<DecomposedService[]> {
    const productIds = services.map((service) => service.productId);
    const running = await this.services.active(tx, productIds);
    return services.map((asked) => {
      const { productId, barring } = asked;
      const service = running.find((each) => each.productId === productId);
      if (!service) throw provisioningError('service_not_active', { productId });
      const { specification, characteristics, resources, barring: barredBefore } = service;
      if (action === 'change') {
        const wanted = { characteristics: asked.characteristics, resources: asked.resources };
        const before = { characteristics, resources };
        return { productId, specification, ...wanted, barring: barredBefore, barredBefore, before };
      }
      const wanted = action === 'deactivate' ? barredBefore : (barring ?? null);
      return { productId, specification, characteristics, resources, barring: wanted, barredBefore };
    });
  }
}
