import { Injectable } from '@nestjs/common';
import type { Tx } from '@ronghe/platform';
import type { OrderHappening } from '../order/order';
import { afterProducts } from '../order/order-demand';
import { installedProducts } from '../order/order-outcome';
import type { OrderItemRecord, OrderRecord } from '../order/order-record';
import { terminate, type ProductVersion } from './product';
import { ProductStore } from './product.store';

/** Writes what a completed order makes of the installed products, and publishes it. */
@Injectable()
export class InstalledProducts {
  constructor(private readonly products: ProductStore) {}

  /** What writing the products makes of the order. */
  happening(order: OrderRecord, items: readonly OrderItemRecord[]): OrderHappening {
    return { kind: 'products_written', next: afterProducts(order, items) };
  }

  /** Installs or ends the products of an order whose row is locked, in force from the transaction's business time. */
  async write(tx: Tx, order: OrderRecord, items: readonly OrderItemRecord[], by: string): Promise<void> {
    if (order.kind === 'sale') return this.install(tx, installedProducts(order, items, tx.now, by));
    return this.end(tx, items, by);
  }

  private async install(tx: Tx, versions: readonly ProductVersion[]): Promise<void> {
    await this.products.record(tx, versions);
    for (const product of versions) tx.emit('product.activated.v1', event(product));
  }

  private async end(tx: Tx, items: readonly OrderItemRecord[], by: string): Promise<void> {
    const productIds = items.map((item) => item.productId);
    const current = await this.products.latest(tx, productIds, { lock: true });
    const ended = current.map((product) => terminate(product, tx.now, by));
    await this.products.record(tx, ended);
    for (const product of ended) tx.emit('product.terminated.v1', event(product));
  }
}

function event({ state, version }: ProductVersion) {
  return { aggregateId: state.productId, lane: state.lane, version, payload: state };
}
