import type { ProductResource } from '@ronghe/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A product order; its state is the last row of its history. */
@Entity({ schema: 'ordering', name: 'product_order' })
@Index('product_order_customer', ['customerId', 'orderId'])
@Index('product_order_account', ['accountId', 'orderId'])
@Index('product_order_open', ['state', 'orderId'], { where: 'finished_at is null' })
export class OrderEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) orderId: string;
  @Column('uuid', { name: 'customer_id' }) customerId: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('smallint') lane: number;
  @Column('text') kind: string;
  @Column('text') state: string;
  @Column('integer') version: number;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode: string | null;
  @Column('text', { name: 'reason_text', nullable: true }) reasonText: string | null;
  @Column('uuid', { name: 'bundle_id', nullable: true }) bundleId: string | null;
  @Column('text', { name: 'bundle_offering_code', nullable: true }) bundleOfferingCode: string | null;
  @Column('integer', { name: 'bundle_offering_version', nullable: true }) bundleOfferingVersion:
    number | null;
  @Column('uuid', { name: 'quote_id', nullable: true }) quoteId: string | null;
  @Column('text', { name: 'placed_by' }) placedBy: string;
  @Column('text') channel: string;
  @Column('text', { name: 'sales_channel', nullable: true }) salesChannel: string | null;
  @Column('timestamptz', { name: 'placed_at' }) placedAt: Date;
  @Column('timestamptz', { name: 'effective_at', nullable: true }) effectiveAt: Date | null;
  @Column('text', { name: 'backdate_reason', nullable: true }) backdateReason: string | null;
  @Column('timestamptz', { name: 'hold_until' }) holdUntil: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
}

/** One item: a product that the order adds, as it will stand, or one that it terminates, blocks or frees, as it stood. */
@Entity({ schema: 'ordering', name: 'order_item' })
@Index('order_item_product', ['productId'])
export class OrderItemEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) orderId: string;
  @PrimaryColumn('smallint', { name: 'item_no' }) itemNo: number;
  @Column('text') action: string;
  @Column('uuid', { name: 'product_id' }) productId: string;
  @Column('text', { name: 'offering_code' }) offeringCode: string;
  @Column('integer', { name: 'offering_version' }) offeringVersion: number;
  @Column('text', { nullable: true }) specification: string | null;
  @Column('text') role: string;
  @Column('text') card: string;
  @Column('uuid', { name: 'bundle_id', nullable: true }) bundleId: string | null;
  @Column('text', { name: 'bundle_offering_code', nullable: true }) bundleOfferingCode: string | null;
  @Column('integer', { name: 'bundle_offering_version', nullable: true }) bundleOfferingVersion:
    number | null;
  @Column('uuid', { name: 'card_group_id' }) cardGroupId: string;
  @Column('text', { name: 'requested_number', nullable: true }) requestedNumber: string | null;
  @Column('text', { name: 'online_classes', array: true }) onlineClasses: string[];
  @Column('smallint', { name: 'number_count' }) numberCount: number;
  @Column('jsonb') resources: ProductResource[];
  @Column('text', { name: 'block_reason', nullable: true }) blockReason: string | null;
  @Column('text', { name: 'block_kind', nullable: true }) blockKind: string | null;
  @Column('text', { nullable: true }) barring: string | null;
  @Column('text', { nullable: true }) address: string | null;
  @Column('jsonb', { default: [] }) replaced: ProductResource[];
}

/** One step of an order's history; never changed. */
@Entity({ schema: 'ordering', name: 'order_state' })
export class OrderStateEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) orderId: string;
  @PrimaryColumn('integer') sequence: number;
  @Column('text') state: string;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode: string | null;
  @Column('text', { name: 'reason_text', nullable: true }) reasonText: string | null;
  @Column('timestamptz') at: Date;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}
