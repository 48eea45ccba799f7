import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import {
  Audit,
  OnJob,
  PendingWork,
  SystemClock,
  Transactions,
  type RunningJob,
  type Tx,
} from '@ronghe/platform';
import { ServiceOrderDriver } from './service-order-driver.service';
import { ServiceOrderStore } from './service-order.store';

const PENDING_LIMIT = 500;

/** Service orders are driven by jobs; PostgreSQL knows which are unfinished. */
@Injectable()
export class ServiceOrderWorker {
  constructor(
    private readonly driver: ServiceOrderDriver,
    private readonly transactions: Transactions,
    private readonly orders: ServiceOrderStore,
    private readonly clock: SystemClock,
  ) {}

  @OnJob('provisioning.advanceServiceOrder')
  async advance(data: { serviceOrderId: string }, job: RunningJob): Promise<void> {
    await this.driver.drive(data.serviceOrderId, job.signal);
  }

  /** Also those that are driven right now: the movable clock must wait for them. */
  @PendingWork('provisioning.advanceServiceOrder')
  async pending(): Promise<{ serviceOrderId: string }[]> {
    const ids = await this.transactions.read((tx) =>
      this.orders.pending(tx, this.clock.now(), PENDING_LIMIT),
    );
    return ids.map((serviceOrderId) => ({ serviceOrderId }));
  }

  /** SEMANTICS §10: services are what completed orders made; nothing is left of failed ones. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const [row] = await tx.query<
      Record<
        'activated' | 'deactivated' | 'services' | 'active' | 'barred' | 'tasks' | 'done' | 'left',
        string
      >
    >(
      `select
         (select count(*) from provisioning.service_order_item i join provisioning.service_order o on o.id = i.service_order_id
           where o.state = 'completed' and o.action = 'activate') as activated,
         (select count(*) from provisioning.service_order_item i join provisioning.service_order o on o.id = i.service_order_id
           where o.state = 'completed' and o.action = 'deactivate') as deactivated,
         (select count(*) from provisioning.service) as services,
         (select count(*) from provisioning.service where state = 'active') as active,
         (select count(*) from provisioning.service where barring is not null) as barred,
         (select count(*) from provisioning.service_task t join provisioning.service_order o on o.id = t.service_order_id
           where o.state = 'completed') as tasks,
         (select count(*) from provisioning.service_task t join provisioning.service_order o on o.id = t.service_order_id
           where o.state = 'completed' and t.state = 'done') as done,
         (select count(*) from provisioning.service_task t join provisioning.service_order o on o.id = t.service_order_id
           where o.state = 'failed' and t.state in ('sent', 'done')) as "left"`,
    );
    if (!row) return { checks: [], figures: [] };
    const terminated = String(BigInt(row.services) - BigInt(row.active));
    return {
      checks: [
        { name: 'services-activated', scope: 'all', left: row.activated, right: row.services },
        { name: 'services-terminated', scope: 'all', left: row.deactivated, right: terminated },
        { name: 'tasks-of-completed-orders', scope: 'all', left: row.tasks, right: row.done },
        { name: 'tasks-left-by-failed-orders', scope: 'all', left: row.left, right: '0' },
      ],
      // A product has at most one active service: ordering counts the same as products.
      figures: [
        { name: 'active-services', scope: 'all', value: row.active },
        { name: 'active-products', scope: 'all', value: row.active },
        { name: 'barred-services', scope: 'all', value: row.barred },
      ],
    };
  }
}
