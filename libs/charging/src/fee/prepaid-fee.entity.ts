import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A recurring fee of a prepaid account: once for each product, price and period. Amounts are micro-yuan. */
@Entity({ schema: 'charging', name: 'prepaid_fee' })
@Index('prepaid_fee_account', ['lane', 'accountId', 'period'])
@Index('prepaid_fee_untold', ['lane', 'productId'], { where: 'told <> paid' })
@Index('prepaid_fee_due', ['nextTryAt'], { where: `state = 'due'` })
@Check(
  'prepaid_fee_valid',
  `state in ('due', 'paid', 'void') and amount >= 0 and paid between 0 and amount and (state = 'due') = (paid < amount)`,
)
export class PrepaidFeeEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @PrimaryColumn('text', { name: 'price_code', collation: 'C' })
  priceCode!: string;

  @PrimaryColumn('text', { collation: 'C' })
  period!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('jsonb')
  label!: unknown;

  @Column('text', { name: 'tax_class' })
  taxClass!: string;

  @Column('bigint')
  amount!: string;

  @Column('bigint', { default: 0 })
  paid!: string;

  @Column('text')
  state!: string;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  @Column('timestamptz', { name: 'next_try_at' })
  nextTryAt!: Date;

  @Column('boolean', { name: 'is_blocked', default: false })
  isBlocked!: boolean;

  /** What billing was told to be paid … */
  @Column('bigint', { default: 0 })
  told!: string;

  /** … and how often. */
  @Column('integer', { name: 'fact_version', default: 0 })
  factVersion!: number;
}
