import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a product may spend, as somebody said it; the latest row counts. Rows are only added. Amounts are micro-yuan. */
@Entity({ schema: 'charging', name: 'spend_cap' })
@Index('spend_cap_account', ['lane', 'accountId'])
@Index('spend_cap_product', ['lane', 'productId', 'capId'])
@Check('spend_cap_valid', `amount >= 0 and per in ('period', 'day') and at_limit in ('notify', 'block')`)
export class SpendCapEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  /** Grows. */
  @PrimaryColumn('uuid', { name: 'cap_id' })
  capId!: string;

  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** Null: it has none any more, not even the policy's. */
  @Column('bigint', { nullable: true })
  amount!: string | null;

  @Column('text')
  per!: string;

  @Column('text', { name: 'at_limit' })
  atLimit!: string;

  @Column('text')
  reason!: string;

  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
}

/** What open sessions of a product may still spend under its cap in a period or day. It moves under the lock of its card group. */
@Entity({ schema: 'charging', name: 'spend_hold' })
@Check('spend_hold_counted', `held >= 0`)
export class SpendHoldEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  span!: string;

  @Column('bigint')
  held!: string;
}
