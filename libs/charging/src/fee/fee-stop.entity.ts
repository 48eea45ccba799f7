import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Whether a product shall be stopped for its fees, and what was ordered for it. */
@Entity({ schema: 'charging', name: 'fee_stop' })
@Index('fee_stop_due', ['nextTryAt'], { where: 'next_try_at is not null' })
export class FeeStopEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @Column('boolean', { name: 'is_wanted' })
  isWanted!: boolean;

  /** Counts the orders that were asked for. */
  @Column('integer')
  attempt!: number;

  /** How often in a row it was asked for without effect. */
  @Column('integer')
  tries!: number;

  /** The last order that was placed. */
  @Column('uuid', { name: 'order_id', nullable: true })
  orderId!: string | null;

  /** When to see whether the product stands as it shall; null once it did. */
  @Column('timestamptz', { name: 'next_try_at', nullable: true })
  nextTryAt!: Date | null;
}
