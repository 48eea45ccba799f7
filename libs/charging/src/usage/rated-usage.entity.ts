import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A usage event and what it came to. */
@Entity({ schema: 'charging', name: 'rated_usage' })
@Index('rated_usage_group', ['lane', 'cardGroupId', 'period'])
@Index('rated_usage_account', ['lane', 'accountId', 'period', 'usedAt', 'usageId'])
export class RatedUsageEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'usage_id' })
  usageId!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @Column({ type: 'text', collation: 'C' })
  period!: string;

  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('text')
  card!: string;

  @Column({ type: 'text', collation: 'C' })
  source!: string;

  @Column({ type: 'text', name: 'record_id', collation: 'C' })
  recordId!: string;

  @Column('uuid', { name: 'file_id', nullable: true })
  fileId!: string | null;

  @Column('boolean', { name: 'is_late' })
  isLate!: boolean;

  @Column('timestamptz', { name: 'used_at' })
  usedAt!: Date;

  @Column('text', { name: 'usage_class' })
  usageClass!: string;

  @Column('text', { nullable: true })
  peer!: string | null;

  @Column('bigint')
  quantity!: string;

  @Column('bigint', { name: 'prerated_amount', nullable: true })
  preratedAmount!: string | null;

  @Column('text', { name: 'offering_code' })
  offeringCode!: string;

  @Column('integer', { name: 'offering_version' })
  offeringVersion!: number;

  @Column('uuid', { name: 'booked_product_id' })
  bookedProductId!: string;

  @Column('text', { name: 'booked_card' })
  bookedCard!: string;

  @Column('text', { name: 'charge_code' })
  chargeCode!: string;

  @Column('text', { name: 'charge_class' })
  chargeClass!: string;

  @Column('text', { name: 'tax_class' })
  taxClass!: string;

  @Column('text', { name: 'counter_key' })
  counterKey!: string;

  @Column('text')
  unit!: string;

  @Column('bigint', { name: 'units_total' })
  unitsTotal!: string;

  @Column('bigint', { name: 'units_charged' })
  unitsCharged!: string;

  @Column('jsonb')
  takes!: unknown;

  @Column('bigint')
  amount!: string;

  @Column('boolean', { name: 'zeroed_by_cap' })
  zeroedByCap!: boolean;

  @Column('jsonb', { nullable: true })
  parts!: unknown | null;

  @Column('integer', { default: 1 })
  revision!: number;

  @Column('timestamptz', { name: 'rated_at' })
  ratedAt!: Date;
}

/** The total of one price on one bill line of an account and period. */
@Entity({ schema: 'charging', name: 'usage_total' })
export class UsageTotalEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  period!: string;

  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @PrimaryColumn('text', { name: 'charge_code' })
  chargeCode!: string;

  @PrimaryColumn('text', { name: 'offering_code' })
  offeringCode!: string;

  @PrimaryColumn('integer', { name: 'offering_version' })
  offeringVersion!: number;

  @Column('text')
  card!: string;

  @Column('text', { name: 'charge_class' })
  chargeClass!: string;

  @Column('text', { name: 'tax_class' })
  taxClass!: string;

  @Column('text')
  unit!: string;

  @Column('bigint')
  amount!: string;

  @Column('integer', { name: 'event_count' })
  eventCount!: number;

  @Column('bigint', { name: 'units_total' })
  unitsTotal!: string;

  @Column('bigint', { name: 'units_from_allowance' })
  unitsFromAllowance!: string;

  @Column('bigint', { name: 'units_charged' })
  unitsCharged!: string;
}

/** How often the totals of an account and period were published. */
@Entity({ schema: 'charging', name: 'account_period' })
export class AccountPeriodEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  period!: string;

  @Column('integer')
  version!: number;
}

/** Totals that are to be published. */
@Entity({ schema: 'charging', name: 'totals_mark' })
export class TotalsMarkEntity {
  @PrimaryColumn('uuid', { name: 'mark_id' })
  markId!: string;

  /** JSON: [lane, account id, period][]. */
  @Column('text')
  accounts!: string;

  /** The earliest of these periods; empty in marks from before it was kept. */
  @Column({ type: 'text', name: 'period_from', collation: 'C', default: '' })
  periodFrom!: string;
}
