import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { OnEvent, type Tx } from '@ronghe/platform';
import { saveCustomerName } from './customer-name.store';

/** Keeps what customers are called, for the head of their bills; phone and address stay with customer. */
@Injectable()
export class CustomerNameSubscriber {
  @OnEvent('customer.registered.v1')
  async registered(event: EventEnvelope<'customer.registered.v1'>, tx: Tx): Promise<void> {
    await this.keep(event, tx);
  }

  /** Tells the name again, so that a customer who was registered before billing listened gets one. */
  @OnEvent('customer.contact-changed.v1')
  async contactChanged(event: EventEnvelope<'customer.contact-changed.v1'>, tx: Tx): Promise<void> {
    await this.keep(event, tx);
  }

  private async keep(
    {
      payload: { customerId, name },
      version,
      occurredAt,
    }: EventEnvelope<'customer.registered.v1' | 'customer.contact-changed.v1'>,
    tx: Tx,
  ): Promise<void> {
    await saveCustomerName(tx, { customerId, version, name, knownFrom: occurredAt });
  }
}
