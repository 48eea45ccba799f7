import { Injectable } from '@nestjs/common';
import type { Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import {
  orderFrom,
  progressColumns,
  type ServiceItemRow,
  type ServiceOrderRow,
  type TaskRow,
} from './service-order-row';
import type { ServiceOrder } from './service-order';

/** Service orders with their items and tasks. */
@Injectable()
export class ServiceOrderStore {
  /** Writes a new order with everything in it. */
  async insert(tx: Tx, order: ServiceOrder): Promise<void> {
    await tx.execute(
      `insert into provisioning.service_order
         (id, order_id, lane, action, state, undo_rounds, maximum_attempts, placed_at, version)
       values ($1, $2, $3, $4, 'carrying_out', 0, $5, $6, $7)`,
      [
        order.serviceOrderId,
        order.orderId,
        order.lane,
        order.action,
        order.maximumAttempts,
        order.placedAt,
        order.version,
      ],
    );
    await tx.execute(
      `insert into provisioning.service_order_item (service_order_id, product_id, specification, characteristics, resources, barring)
       select $1, i.product_id, i.specification, i.characteristics, i.resources, i.barring
         from unnest($2::uuid[], $3::text[], $4::jsonb[], $5::jsonb[], $6::text[])
              as i (product_id, specification, characteristics, resources, barring)`,
      [
        order.serviceOrderId,
        order.items.map((item) => item.productId),
        order.items.map((item) => item.specification),
        order.items.map((item) => JSON.stringify(item.characteristics)),
        order.items.map((item) => JSON.stringify(item.resources)),
        order.items.map((item) => item.barring),
      ],
    );
    await this.insertTasks(tx, order);
  }

  /** Writes how far an order and its changed tasks are. */
  async save(tx: Tx, before: ServiceOrder, after: ServiceOrder): Promise<void> {
    const progress = progressColumns(after);
    await tx.execute(
      `update provisioning.service_order
          set state = $2, reason = $3, error = $4, undo_rounds = $5, finished_at = $6, version = $7
        where id = $1`,
      [
        after.serviceOrderId,
        progress.state,
        progress.reason,
        progress.error,
        progress.undoRounds,
        progress.finishedAt,
        after.version,
      ],
    );
    const changed = after.tasks.filter((task, index) => task !== before.tasks[index]);
    if (changed.length === 0) return;
    await tx.execute(
      `update provisioning.service_task t
          set state = n.state, sent_round = n.sent_round, sends = n.sends, last_error = n.last_error
         from unnest($2::integer[], $3::text[], $4::integer[], $5::integer[], $6::text[])
              as n (position, state, sent_round, sends, last_error)
        where t.service_order_id = $1 and t.position = n.position`,
      [
        after.serviceOrderId,
        changed.map((task) => task.position),
        changed.map((task) => task.state),
        changed.map((task) => task.sentRound),
        changed.map((task) => task.sends),
        changed.map((task) => task.lastError),
      ],
    );
  }

  /** Locks an order until the transaction ends; null when there is none. */
  async lock(tx: Tx, serviceOrderId: string): Promise<ServiceOrder | null> {
    const [order] = await this.load(tx, `where id = $1 for update`, [serviceOrderId]);
    return order ?? null;
  }

  /** Locks the service orders of a product order: at most one for each action. */
  async lockOf(tx: Tx, orderId: string): Promise<ServiceOrder[]> {
    return this.load(tx, `where order_id = $1 order by id for update`, [orderId]);
  }

  async findMany(tx: Tx, serviceOrderIds: readonly string[]): Promise<ServiceOrder[]> {
    return this.load(tx, `where id = any($1::uuid[])`, [serviceOrderIds]);
  }

  /** The service orders of product orders, oldest first. */
  async findOf(tx: Tx, orderIds: readonly string[]): Promise<ServiceOrder[]> {
    return this.load(tx, `where order_id = any($1::uuid[]) order by id`, [orderIds]);
  }

  /** Service orders that have not ended, oldest first, after an id. */
  async open(tx: Tx, after: string | null, limit: number): Promise<ServiceOrder[]> {
    return this.load(
      tx,
      `where state in ('carrying_out', 'undoing', 'stuck') and ($1::uuid is null or id > $1) order by id limit $2`,
      [after, limit],
    );
  }

  /** Ids of orders that can go on at a system time, oldest first. */
  async pending(tx: Tx, now: Instant, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select id from provisioning.service_order
        where state in ('carrying_out', 'undoing') and (resume_at is null or resume_at <= $1) order by id limit $2`,
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  private async insertTasks(tx: Tx, { serviceOrderId, tasks }: ServiceOrder): Promise<void> {
    if (tasks.length === 0) return;
    await tx.execute(
      `insert into provisioning.service_task
         (service_order_id, position, id, product_id, code, element, forward, backward, state, sends)
       select $1, t.position, t.id, t.product_id, t.code, t.element, t.forward, t.backward, 'pending', 0
         from unnest($2::integer[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[])
              as t (position, id, product_id, code, element, forward, backward)`,
      [
        serviceOrderId,
        tasks.map((task) => task.position),
        tasks.map((task) => task.taskId),
        tasks.map((task) => task.productId),
        tasks.map((task) => task.code),
        tasks.map((task) => task.element),
        tasks.map((task) => JSON.stringify(task.forward)),
        tasks.map((task) => JSON.stringify(task.backward)),
      ],
    );
  }

  private async load(tx: Tx, rest: string, parameters: unknown[]): Promise<ServiceOrder[]> {
    const rows = await tx.query<ServiceOrderRow>(
      `select * from provisioning.service_order ${rest}`,
      parameters,
    );
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const items = await tx.query<ServiceItemRow>(
      `select * from provisioning.service_order_item where service_order_id = any($1::uuid[]) order by product_id`,
      [ids],
    );
    const tasks = await tx.query<TaskRow>(
      `select * from provisioning.service_task where service_order_id = any($1::uuid[]) order by service_order_id, position`,
      [ids],
    );
    return rows.map((row) => orderFrom(row, items, tasks));
  }
}
