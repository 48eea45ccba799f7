import { Injectable } from '@nestjs/common';
import type { CommandInput, EventEnvelope } from '@ronghe/contracts';
import { OnCommand, OnEvent, type Tx } from '@ronghe/platform';
import { PolicyStore } from './policy.store';
import { ServiceOrderService } from './service-order.service';

/** What other domains tell this one and ask of it. */
@Injectable()
export class ProvisioningSubscriber {
  constructor(
    private readonly serviceOrders: ServiceOrderService,
    private readonly policies: PolicyStore,
  ) {}

  @OnEvent('policy.published.v1')
  async policyPublished(event: EventEnvelope<'policy.published.v1'>, tx: Tx): Promise<void> {
    const { document } = event.payload;
    if (document.kind === 'provisioning') await this.policies.save(tx, document);
  }

  @OnCommand('provisioning.placeServiceOrder')
  async place(
    input: CommandInput<'provisioning.placeServiceOrder'>,
    tx: Tx,
  ): Promise<{ serviceOrderId: string }> {
    return this.serviceOrders.place(tx, input);
  }

  @OnCommand('provisioning.cancelServiceOrder')
  async cancel(
    input: CommandInput<'provisioning.cancelServiceOrder'>,
    tx: Tx,
  ): Promise<{ serviceOrderId: string | null }> {
    return this.serviceOrders.cancel(tx, input.orderId);
  }
}
