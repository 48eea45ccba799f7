import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { Audit, checkOf, checkTold, totalsOf, type Tx } from '@ronghe/platform';

type Total =
  | 'moved'
  | 'changed'
  | 'stopped'
  | 'suspended'
  | 'lifted'
  | 'resumed'
  | 'blocked'
  | 'barred'
  | 'sold'
  | 'installed'
  | 'ended'
  | 'terminated'
  | 'states'
  | 'versions'
  | 'active'
  | 'assigned';

/** The domain's control totals (SEMANTICS §10). */
@Injectable()
export class OrderingAudit {
  /**
   * Every completed sale has its products, every completed termination ended them, suspensions and resumptions changed
   * their blocks, and each was told once.
   * `active-products` are the products in force that have a service, `assigned-resources` what they use from stock;
   * `suspended-products` are those that are blocked, `barred-services` those of them that have a service.
   */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const totals = await totalsOf<Total>(
      tx,
      `
      with done as (
        select i.order_id, i.action, i.product_id from ordering.product_order o
        join ordering.order_item i using (order_id) where o.state in ('completed', 'returning')
      ), version as (
        select product_id, order_id, cause, effective_to, specification, resources, superseded_at,
          blocks @> '[{"to": null}]' as is_blocked
        from ordering.product_version
      )
      select
        (select count(*) from done where action = 'add') as sold,
        (select count(*) from done d join version v using (product_id, order_id)
          where d.action = 'add' and v.cause = 'activated') as installed,
        (select count(*) from done where action = 'delete') as ended,
        (select count(*) from done d join version v using (product_id)
          where d.action = 'delete' and v.cause = 'terminated') as terminated,
        (select count(*) from done where action in ('change', 'move')) as moved,
        (select count(*) from version where cause in ('changed', 'moved')) as changed,
        (select count(*) from done where action = 'suspend') as stopped,
        (select count(*) from version where cause = 'suspended') as suspended,
        (select count(*) from done where action = 'resume') as lifted,
        (select count(*) from version where cause = 'resumed') as resumed,
        (select count(*) from version where effective_to is null and superseded_at is null and is_blocked) as blocked,
        (select count(*) from version where effective_to is null and superseded_at is null and is_blocked
          and specification is not null) as barred,
        (select count(*) from ordering.order_state) as states,
        (select coalesce(sum(version), 0) from ordering.product_order) as versions,
        (select count(*) from version
          where superseded_at is null and effective_to is null and specification is not null) as active,
        (select coalesce(sum(jsonb_array_length(resources)), 0) from version
          where superseded_at is null and effective_to is null) as assigned`,
    );
    return {
      checks: [
        checkOf('completed-sales-have-products', totals.sold, totals.installed),
        checkOf('completed-terminations-ended-products', totals.ended, totals.terminated),
        checkOf('completed-changes-changed-products', totals.moved, totals.changed),
        await checkTold(tx, 'changes-published', totals.changed, 'product.changed.v1'),
        checkOf('completed-suspensions-blocked-products', totals.stopped, totals.suspended),
        checkOf('completed-resumptions-freed-products', totals.lifted, totals.resumed),
        await checkTold(tx, 'suspensions-published', totals.suspended, 'product.suspended.v1'),
        await checkTold(tx, 'resumptions-published', totals.resumed, 'product.resumed.v1'),
        await checkTold(tx, 'products-published', totals.installed, 'product.activated.v1'),
        await checkTold(tx, 'terminations-published', totals.terminated, 'product.terminated.v1'),
        checkOf('order-history-complete', totals.states, totals.versions),
      ],
      figures: [
        { name: 'active-products', scope: 'all', value: totals.active },
        { name: 'suspended-products', scope: 'all', value: totals.blocked },
        { name: 'barred-services', scope: 'all', value: totals.barred },
        { name: 'assigned-resources', scope: 'all', value: totals.assigned },
      ],
    };
  }
}
