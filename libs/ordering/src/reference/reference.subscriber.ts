import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { OnEvent, type Tx } from '@ronghe/platform';
import { ReferenceStore } from './reference.store';

/** Keeps what ordering needs of customer's and catalog's facts. */
@Injectable()
export class ReferenceSubscriber {
  constructor(private readonly reference: ReferenceStore) {}

  @OnEvent('customer.registered.v1')
  async customerRegistered({ payload }: EventEnvelope<'customer.registered.v1'>, tx: Tx): Promise<void> {
    // Name, phone and address stay with customer: ordering needs to know only that there is such a customer.
    await this.reference.saveCustomer(tx, payload.customerId, payload.registeredAt);
  }

  @OnEvent('account.opened.v1')
  async accountOpened({ payload }: EventEnvelope<'account.opened.v1'>, tx: Tx): Promise<void> {
    await this.reference.saveAccount(tx, payload);
  }

  @OnEvent('offering.published.v1')
  async offeringPublished({ payload }: EventEnvelope<'offering.published.v1'>, tx: Tx): Promise<void> {
    await this.reference.saveOffer(tx, payload.document, payload.publishedAt);
  }

  @OnEvent('policy.published.v1')
  async policyPublished({ payload }: EventEnvelope<'policy.published.v1'>, tx: Tx): Promise<void> {
    const { document } = payload;
    if (document.kind === 'ordering' || document.kind === 'billing')
      await this.reference.savePolicy(tx, document);
  }
}
