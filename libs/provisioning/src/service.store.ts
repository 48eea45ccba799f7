import { Injectable } from '@nestjs/common';
import type { BlockKind, ProductResource } from '@ronghe/contracts';
import { instantFromDate, newId, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { ServiceItem } from './service-order';

/** What the network does, or did, for a product. Instants are business time. */
export interface Service {
  serviceId: string;
  productId: string;
  specification: string;
  characteristics: Record<string, string>;
  resources: ProductResource[];
  state: 'active' | 'terminated';
  /** What is stopped; null when nothing is, and once it has ended. */
  barring: BlockKind | null;
  activatedAt: Instant;
  terminatedAt: Instant | null;
}

interface ServiceRow {
  id: string;
  product_id: string;
  specification: string;
  characteristics: Record<string, string>;
  resources: ProductResource[];
  state: 'active' | 'terminated';
  barring: BlockKind | null;
  activated_at: Date;
  terminated_at: Date | null;
}

/** Services: one row for each time that a product was switched on. */
@Injectable()
export class ServiceStore {
  async activate(tx: Tx, items: readonly ServiceItem[], serviceOrderId: string): Promise<void> {
    await tx.execute(
      `insert into provisioning.service
         (id, product_id, specification, characteristics, resources, state, activated_by, activated_at)
       select s.id, s.product_id, s.specification, s.characteristics, s.resources, 'active', $6, $7
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::jsonb[])
              as s (id, product_id, specification, characteristics, resources)`,
      [
        items.map(() => newId()),
        items.map((item) => item.productId),
        items.map((item) => item.specification),
        items.map((item) => JSON.stringify(item.characteristics)),
        items.map((item) => JSON.stringify(item.resources)),
        serviceOrderId,
        tx.now,
      ],
    );
  }

  async terminate(tx: Tx, items: readonly ServiceItem[], serviceOrderId: string): Promise<void> {
    await tx.execute(
      `update provisioning.service set state = 'terminated', barring = null, terminated_by = $2, terminated_at = $3
        where product_id = any($1::uuid[]) and state = 'active'`,
      [items.map((item) => item.productId), serviceOrderId, tx.now],
    );
  }

  /** Stops running services, or lets them go on, each as its item says. */
  async bar(tx: Tx, items: readonly ServiceItem[]): Promise<void> {
    await tx.execute(
      `update provisioning.service s set barring = n.barring
         from unnest($1::uuid[], $2::text[]) as n (product_id, barring)
        where s.product_id = n.product_id and s.state = 'active'`,
      [items.map((item) => item.productId), items.map((item) => item.barring)],
    );
  }

  /** Running services go on as their items say. */
  async change(tx: Tx, items: readonly ServiceItem[]): Promise<void> {
    await tx.execute(
      `update provisioning.service s set characteristics = n.characteristics, resources = n.resources
         from unnest($1::uuid[], $2::jsonb[], $3::jsonb[]) as n (product_id, characteristics, resources)
        where s.product_id = n.product_id and s.state = 'active'`,
      [
        items.map((item) => item.productId),
        items.map((item) => JSON.stringify(item.characteristics)),
        items.map((item) => JSON.stringify(item.resources)),
      ],
    );
  }

  /**
   * The running services of products, at most one each; locked until the transaction ends, so that two orders are placed
   * on them one after the other.
   */
  async active(tx: Tx, productIds: readonly string[]): Promise<Service[]> {
    return this.select(
      tx,
      `where product_id = any($1::uuid[]) and state = 'active' order by product_id for update`,
      [productIds],
    );
  }

  /** Every service of products, oldest first. */
  async ofProducts(tx: Tx, productIds: readonly string[]): Promise<Service[]> {
    return this.select(tx, `where product_id = any($1::uuid[]) order by product_id, activated_at`, [
      productIds,
    ]);
  }

  private async select(tx: Tx, rest: string, parameters: unknown[]): Promise<Service[]> {
    const rows = await tx.query<ServiceRow>(
      `select id, product_id, specification, characteristics, resources, state, barring, activated_at, terminated_at
         from provisioning.service ${rest}`,
      parameters,
    );
    return rows.map((row) => ({
      serviceId: row.id,
      productId: row.product_id,
      specification: row.specification,
      characteristics: row.characteristics,
      resources: row.resources,
      state: row.state,
      barring: row.barring,
      activatedAt: instantFromDate(row.activated_at),
      terminatedAt: row.terminated_at === null ? null : instantFromDate(row.terminated_at),
    }));
  }
}
