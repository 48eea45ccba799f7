import { Injectable } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import type { ServiceOrder } from './service-order';
import { ServiceOrderStore } from './service-order.store';
import { ServiceStore, type Service } from './service.store';

/** Reads for the edge, in batches: answers stand in the order of the ids that were asked for. */
@Injectable()
export class ServiceOrderReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly orders: ServiceOrderStore,
    private readonly services: ServiceStore,
  ) {}

  /** Service orders by id; null where there is none. */
  async byIds(ids: readonly string[]): Promise<(ServiceOrder | null)[]> {
    const found = await this.transactions.read((tx) => this.orders.findMany(tx, ids.filter(isId)));
    return ids.map((id) => found.find((order) => order.serviceOrderId === id) ?? null);
  }

  /** The service orders of each product order. */
  async ofOrders(orderIds: readonly string[]): Promise<ServiceOrder[][]> {
    const found = await this.transactions.read((tx) => this.orders.findOf(tx, orderIds.filter(isId)));
    return orderIds.map((orderId) => found.filter((order) => order.orderId === orderId));
  }

  /** The services of each product. */
  async ofProducts(productIds: readonly string[]): Promise<Service[][]> {
    const found = await this.transactions.read((tx) => this.services.ofProducts(tx, productIds.filter(isId)));
    return productIds.map((productId) => found.filter((service) => service.productId === productId));
  }

  /** Service orders that have not ended, after an id. */
  async open(after: string | null, limit: number): Promise<ServiceOrder[]> {
    return this.transactions.read((tx) =>
      this.orders.open(tx, after !== null && isId(after) ? after : null, limit),
    );
  }
}
