import type { ProductBlock, ProductMove, ProductResource, ProductTerms } from '@ronghe/contracts';
import { Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm';

/** One version of an installed product; only `superseded_at` is ever set later, once. */
@Entity({ schema: 'ordering', name: 'product_version' })
@Index('product_version_customer', ['customerId', 'productId'], { where: 'superseded_at is null' })
@Index('product_version_account', ['accountId', 'productId'], { where: 'superseded_at is null' })
@Index('product_version_card', ['accountId', 'card'], {
  unique: true,
  where: 'superseded_at is null and effective_to is null',
})
@Exclusion(
  'product_version_once',
  'using gist (product_id with =, tstzrange(effective_from, effective_to) with &&) where (superseded_at is null)',
)
export class ProductVersionEntity {
  @PrimaryColumn('uuid', { name: 'product_id' }) productId: string;
  @PrimaryColumn('integer') version: number;
  @Column('uuid', { name: 'customer_id' }) customerId: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('smallint') lane: number;
  @Column('uuid', { name: 'order_id' }) orderId: string;
  @Column('smallint', { name: 'order_item_no' }) orderItemNo: number;
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
  @Column('jsonb') resources: ProductResource[];
  @Column('text', { name: 'online_classes', array: true }) onlineClasses: string[];
  @Column('smallint', { name: 'number_count' }) numberCount: number;
  @Column('jsonb', { default: [] }) blocks: ProductBlock[];
  @Column('jsonb', { name: 'earlier_terms', default: [] }) earlierTerms: ProductTerms[];
  @Column('jsonb', { default: [] }) moves: ProductMove[];
  @Column('text', { nullable: true }) channel: string | null;
  @Column('timestamptz', { name: 'changed_from', nullable: true }) changedFrom: Date | null;
  @Column('timestamptz', { name: 'effective_from' }) effectiveFrom: Date;
  @Column('timestamptz', { name: 'effective_to', nullable: true }) effectiveTo: Date | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('text') cause: string;
  @Column('timestamptz', { name: 'superseded_at', nullable: true }) supersededAt: Date | null;
}
