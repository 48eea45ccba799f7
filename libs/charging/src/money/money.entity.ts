import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Money that an account may spend; the row that is locked while it moves. Amounts are micro-yuan. */
@Entity({ schema: 'charging', name: 'money_bucket' })
@Index('money_bucket_account', ['lane', 'accountId'])
@Index('money_bucket_ending', ['validTo'], { where: `valid_to is not null and not is_expired` })
@Check('money_bucket_kind', `kind in ('main', 'bonus')`)
@Check(
  'money_bucket_conserved',
  `reserved >= 0 and overrun >= 0 and credit_limit >= 0 and remaining - reserved >= -credit_limit`,
)
export class MoneyBucketEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'bucket_id' })
  bucketId!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('text')
  kind!: string;

  @Column('bigint', { default: 0 })
  remaining!: string;

  @Column('bigint', { default: 0 })
  reserved!: string;

  @Column('bigint', { default: 0 })
  overrun!: string;

  /** What it has paid for usage, less what it got back of that. */
  @Column('bigint', { default: 0 })
  spent!: string;

  @Column('bigint', { name: 'credit_limit', default: 0 })
  creditLimit!: string;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_to', nullable: true })
  validTo!: Date | null;

  @Column('integer')
  priority!: number;

  @Column('boolean', { name: 'is_expired', default: false })
  isExpired!: boolean;
}

/** A movement of money; the sum of a bucket's entries is what remains of it. Rows are only added. */
@Entity({ schema: 'charging', name: 'money_entry' })
@Index('money_entry_day', ['localDay'])
@Check(
  'money_entry_kind',
  `kind in ('top-up', 'grant', 'use', 'fee', 'expire', 'transfer-in', 'transfer-out', 'refund', 'rerate', 'settle', 'overrun', 'adjust') and delta <> 0`,
)
export class MoneyEntryEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('uuid', { name: 'entry_id' })
  entryId!: string;

  @Column('uuid', { name: 'bucket_id' })
  bucketId!: string;

  @Column('text')
  kind!: string;

  @Column('bigint')
  delta!: string;

  @Column('text')
  reference!: string;

  @Column('timestamptz', { name: 'business_at' })
  businessAt!: Date;

  /** Local day of `businessAt` in the account's zone. */
  @Column('date', { name: 'local_day' })
  localDay!: string;

  @Column('text', { name: 'tax_class', nullable: true })
  taxClass!: string | null;
}

/** Money on its way from one account to another; while it is `taken`, it is in neither purse. */
@Entity({ schema: 'charging', name: 'money_transfer' })
@Index('money_transfer_account', ['lane', 'fromAccountId', 'transferId'])
@Index('money_transfer_taken', ['transferId'], { where: `state = 'taken'` })
@Check(
  'money_transfer_valid',
  `state in ('taken', 'given') and amount > 0 and from_account_id <> to_account_id`,
)
export class MoneyTransferEntity {
  /** The payer's. */
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'transfer_id' })
  transferId!: string;

  @Column('uuid', { name: 'from_account_id' })
  fromAccountId!: string;

  @Column('uuid', { name: 'to_account_id' })
  toAccountId!: string;

  @Column('bigint')
  amount!: string;

  @Column('text')
  state!: string;

  @Column('timestamptz', { name: 'taken_at' })
  takenAt!: Date;

  @Column('timestamptz', { name: 'given_at', nullable: true })
  givenAt!: Date | null;
}

/** In which lane a transfer lies. */
@Entity({ schema: 'charging', name: 'money_transfer_locator' })
export class MoneyTransferLocatorEntity {
  @PrimaryColumn('uuid', { name: 'transfer_id' })
  transferId!: string;

  @Column('smallint')
  lane!: number;
}
