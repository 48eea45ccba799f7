import { Injectable } from '@nestjs/common';
import type { Tx } from '@ronghe/platform';
import type { OrderHappening } from '../order/order';
import { afterProducts } from '../order/order-demand';
import { installedProducts } from '../order/order-outcome';
import {
  liftedReason,
  placedBlock,
  termsOf,
  type OrderItemRecord,
  type OrderRecord,
} from '../order/order-record';
import { changeTerms, move, resume, suspend, terminate, type ProductVersion } from './product';
import { ProductStore } from './product.store';

/** Writes what a completed order makes of the installed products, and publishes it. */
@Injectable()
export class InstalledProducts {
  constructor(private readonly products: ProductStore) {}

  /** What writing the products makes of the order. */
  happening(order: OrderRecord, items: readonly OrderItemRecord[]): OrderHappening {
    return { kind: 'products_written', next: afterProducts(order, items) };
  }

  /**
   * Installs, ends, changes, blocks or frees the products of an order whose row is locked, in force from the order's day,
   * else from the transaction's business time.
   */
  async write(tx: Tx, order: OrderRecord, items: readonly OrderItemRecord[], by: string): Promise<void> {
    switch (order.kind) {
      case 'sale':
        return this.install(tx, installedProducts(order, items, tx.now, by));
      case 'termination':
        return this.change(tx, 'product.terminated.v1', items, (product) =>
          terminate(product, order.effectiveAt ?? tx.now, by, tx.now),
        );
      case 'change':
        return this.change(tx, 'product.changed.v1', items, (product, item) =>
          changeTerms(product, termsOf(item), order.effectiveAt ?? tx.now, { at: tx.now, by }),
        );
      case 'move':
        return this.change(tx, 'product.changed.v1', items, (product, { resources }) =>
          move(
            product,
            { orderId: order.orderId, at: order.effectiveAt ?? tx.now, resources },
            { at: tx.now, by },
          ),
        );
      case 'suspension':
        return this.change(tx, 'product.suspended.v1', items, (product, item) =>
          suspend(product, { ...placedBlock(item), orderId: order.orderId }, tx.now, by),
        );
      case 'resumption':
        return this.change(tx, 'product.resumed.v1', items, (product, item) =>
          resume(product, liftedReason(item), tx.now, by),
        );
    }
  }

  private async install(tx: Tx, versions: readonly ProductVersion[]): Promise<void> {
    await this.products.record(tx, versions);
    for (const product of versions) tx.emit('product.activated.v1', event(product));
  }

  private async change(
    tx: Tx,
    type: 'product.terminated.v1' | 'product.changed.v1' | 'product.suspended.v1' | 'product.resumed.v1',
    items: readonly OrderItemRecord[],
    changeOf: (product: ProductVersion, item: OrderItemRecord) => ProductVersion,
  ): Promise<void> {
    const itemOf = new Map(items.map((item) => [item.productId, item]));
    const current = await this.products.latest(tx, [...itemOf.keys()], { lock: true });
    const changed = current.flatMap((product) => {
      const item = itemOf.get(product.state.productId);
      return item ? [changeOf(product, item)] : [];
    });
    await this.products.record(tx, changed);
    for (const product of changed) tx.emit(type, event(product));
  }
}

function event({ state, version }: ProductVersion) {
  return { aggregateId: state.productId, lane: state.lane, version, payload: state };
}
