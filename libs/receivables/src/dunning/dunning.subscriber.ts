import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { OnEvent, type Tx } from '@ronghe/platform';
import { reviewSoon } from './dunning-account.store';
import { saveOffering, saveProduct } from './dunning-product.store';
import { lookAtStop } from './dunning-stop.store';

type ProductEvent = EventEnvelope<
  | 'product.activated.v1'
  | 'product.suspended.v1'
  | 'product.resumed.v1'
  | 'product.terminated.v1'
  | 'product.changed.v1'
>;

/** What dunning hears of products: which there are, and how they stand. */
@Injectable()
export class DunningSubscriber {
  @OnEvent('offering.published.v1')
  async offeringPublished({ payload }: EventEnvelope<'offering.published.v1'>, tx: Tx): Promise<void> {
    await saveOffering(tx, payload);
  }

  @OnEvent('product.activated.v1')
  async productActivated(event: EventEnvelope<'product.activated.v1'>, tx: Tx): Promise<void> {
    await this.changed(event, tx);
  }

  @OnEvent('product.suspended.v1')
  async productSuspended(event: EventEnvelope<'product.suspended.v1'>, tx: Tx): Promise<void> {
    await this.changed(event, tx);
  }

  @OnEvent('product.resumed.v1')
  async productResumed(event: EventEnvelope<'product.resumed.v1'>, tx: Tx): Promise<void> {
    await this.changed(event, tx);
  }

  @OnEvent('product.terminated.v1')
  async productTerminated(event: EventEnvelope<'product.terminated.v1'>, tx: Tx): Promise<void> {
    await this.changed(event, tx);
  }

  @OnEvent('product.changed.v1')
  async productChanged(event: EventEnvelope<'product.changed.v1'>, tx: Tx): Promise<void> {
    await this.changed(event, tx);
  }

  private async changed({ payload, version }: ProductEvent, tx: Tx): Promise<void> {
    if (!(await saveProduct(tx, payload, version))) return;
    const { lane, productId, accountId } = payload;
    await lookAtStop(tx, lane, productId);
    await reviewSoon(tx, lane, [accountId], { isLate: false, billIds: [] });
  }
}
