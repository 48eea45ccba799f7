import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The accounts that may share buckets or bills. The lane is set when the group is made and never again. */
@Entity({ schema: 'customer', name: 'balance_group' })
@Check('balance_group_lane', `lane between 0 and 1023`)
export class BalanceGroupEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('smallint')
  lane!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** TMF666's billing account. */
@Entity({ schema: 'customer', name: 'account' })
@Index('account_customer', ['customerId', 'id'])
@Index('account_balance_group', ['balanceGroupId'])
@Check('account_bill_day', `bill_day between 1 and 31`)
@Check('account_payment_mode', `payment_mode in ('postpaid', 'prepaid')`)
export class AccountEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'customer_id' })
  customerId!: string;

  @Column('uuid', { name: 'balance_group_id' })
  balanceGroupId!: string;

  /** IANA name. */
  @Column('text')
  zone!: string;

  @Column('smallint', { name: 'bill_day' })
  billDay!: number;

  @Column('text', { name: 'payment_mode' })
  paymentMode!: string;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date;

  @Column('text', { name: 'opened_by' })
  openedBy!: string;

  /** Where its revenue counts. */
  @Column('text', { nullable: true })
  region!: string | null;

  @Column('integer')
  version!: number;
}
