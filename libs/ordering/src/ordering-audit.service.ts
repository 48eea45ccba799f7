import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { Audit, type Tx } from '@ronghe/platform';

interface Totals {
  sold: string;
  installed: string;
  ended: string;
  terminated: string;
  activated_events: string;
  terminated_events: string;
  states: string;
  versions: string;
  active: string;
  assigned: string;
}

/** The domain's control totals (SEMANTICS §10). */
@Injectable()
export class OrderingAudit {
  /**
   * Every completed sale has its products, every completed termination ended them, and each was told once.
   * `active-products` are the products in force that have a service, `assigned-resources` what they use from stock.
   */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const [totals] = await tx.query<Totals>(`
      with done as (
        select i.order_id, i.action, i.product_id from ordering.product_order o
        join ordering.order_item i using (order_id) where o.state in ('completed', 'returning')
      ), version as (
        select product_id, order_id, cause, effective_to, specification, resources, superseded_at
        from ordering.product_version
      )
      select
        (select count(*) from done where action = 'add') as sold,
        (select count(*) from done d join version v using (product_id, order_id)
          where d.action = 'add' and v.cause = 'activated') as installed,
        (select count(*) from done where action = 'delete') as ended,
        (select count(*) from done d join version v using (product_id)
          where d.action = 'delete' and v.cause = 'terminated') as terminated,
        (select count(*) from ordering.outbox where type = 'product.activated.v1') as activated_events,
        (select count(*) from ordering.outbox where type = 'product.terminated.v1') as terminated_events,
        (select count(*) from ordering.order_state) as states,
        (select coalesce(sum(version), 0) from ordering.product_order) as versions,
        (select count(*) from version
          where superseded_at is null and effective_to is null and specification is not null) as active,
        (select coalesce(sum(jsonb_array_length(resources)), 0) from version
          where superseded_at is null and effective_to is null) as assigned`);
    if (!totals) throw new Error('an aggregate without a row');
    const check = (name: string, left: string, right: string): ControlCheck => ({
      name,
      scope: 'all',
      left,
      right,
    });
    return {
      checks: [
        check('completed-sales-have-products', totals.sold, totals.installed),
        check('completed-terminations-ended-products', totals.ended, totals.terminated),
        check('products-published', totals.installed, totals.activated_events),
        check('terminations-published', totals.terminated, totals.terminated_events),
        check('order-history-complete', totals.states, totals.versions),
      ],
      figures: [
        { name: 'active-products', scope: 'all', value: totals.active },
        { name: 'assigned-resources', scope: 'all', value: totals.assigned },
      ],
    };
  }
}
