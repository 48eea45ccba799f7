import type { ProductResource } from '@ronghe/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What the network does for a product: at most one active service a product. */
@Entity({ schema: 'provisioning', name: 'service' })
@Index('service_active_product', ['productId'], { unique: true, where: `state = 'active'` })
@Index('service_product', ['productId', 'activatedAt'])
@Check('service_state', 'a terminated service says by which order and when: see the migration')
export class ServiceEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('text')
  specification!: string;

  @Column('jsonb')
  characteristics!: Record<string, string>;

  @Column('jsonb')
  resources!: ProductResource[];

  @Column('text')
  state!: string;

  /** What is stopped while it is active: `barred-outgoing`, `full-stop`; null: nothing. */
  @Column('text', { nullable: true })
  barring!: string | null;

  @Column('uuid', { name: 'activated_by' })
  activatedBy!: string;

  @Column('timestamptz', { name: 'activated_at' })
  activatedAt!: Date;

  @Column('uuid', { name: 'terminated_by', nullable: true })
  terminatedBy!: string | null;

  @Column('timestamptz', { name: 'terminated_at', nullable: true })
  terminatedAt!: Date | null;
}
