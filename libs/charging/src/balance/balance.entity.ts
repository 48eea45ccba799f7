import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A card group in a bill period: the unit in which usage is rated and locked. */
@Entity({ schema: 'charging', name: 'group_period' })
@Index('group_period_marked', ['lane', 'cardGroupId'], { where: `needs_rerate` })
@Index('group_period_account', ['lane', 'accountId'])
export class GroupPeriodEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  period!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('jsonb')
  counters!: unknown;

  @Column('boolean', { name: 'last_late', nullable: true })
  lastLate!: boolean | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column({ type: 'text', name: 'last_source', collation: 'C', nullable: true })
  lastSource!: string | null;

  @Column({ type: 'text', name: 'last_record_id', collation: 'C', nullable: true })
  lastRecordId!: string | null;

  @Column('boolean', { name: 'needs_rerate' })
  needsRerate!: boolean;

  /** What products have spent on usage, by local day; null: it is not counted. */
  @Column('jsonb', { nullable: true })
  spent!: unknown | null;

  /** What its online sessions added to totals, as JSON (usage/group-totals.ts). */
  @Column('text', { nullable: true })
  totals!: string | null;

  /** What online sessions moved of its buckets (online-moves.ts). */
  @Column('text', { nullable: true })
  moves!: string | null;

  /** What its open sessions hold of counters, as JSON (counter-json.ts). */
  @Column('text', { name: 'counter_holds', nullable: true })
  counterHolds!: string | null;

  /** What is in the rows of its buckets (bucket-text.ts, the short form); null: there are none, or they changed since. */
  @Column('text', { name: 'bucket_rows', nullable: true })
  bucketRows!: string | null;
}

/** A spendable balance of a card group in a period. */
@Entity({ schema: 'charging', name: 'bucket' })
@Index('bucket_account', ['lane', 'accountId', 'period'])
@Check('bucket_increment_check', `increment > 0`)
@Check('bucket_conserved', `remaining between 0 and granted`)
export class BucketEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  period!: string;

  @PrimaryColumn('text', { collation: 'C' })
  code!: string;

  @Column('uuid', { name: 'bucket_id' })
  bucketId!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'product_id', nullable: true })
  productId!: string | null;

  @Column('text')
  origin!: string;

  @Column('jsonb')
  label!: unknown;

  @Column('text', { name: 'usage_classes', array: true })
  usageClasses!: string[];

  @Column('text')
  unit!: string;

  @Column('bigint')
  granted!: string;

  /** What is left as of the last grant, file or re-rating; see bucket_balance for now. */
  @Column('bigint')
  remaining!: string;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_to' })
  validTo!: Date;

  @Column('integer')
  priority!: number;

  @Column('jsonb', { nullable: true })
  rollover!: unknown | null;

  @Column('text', { default: 'base' })
  rank!: string;

  @Column('text', { array: true, nullable: true })
  zones!: string[] | null;

  @Column('text', { array: true, nullable: true })
  bands!: string[] | null;

  @Column('bigint', { name: 'member_cap', nullable: true })
  memberCap!: string | null;

  @Column('jsonb', { name: 'member_used', default: {} })
  memberUsed!: unknown;

  @Column('uuid', { name: 'owner_product_id', nullable: true })
  ownerProductId!: string | null;

  @Column('bigint', { nullable: true })
  increment!: string | null;

  @Column('boolean', { name: 'is_blocker', default: false })
  isBlocker!: boolean;

  @Column('jsonb', { nullable: true })
  users!: unknown | null;

  @Column('text', { name: 'offering_code' })
  offeringCode!: string;

  @Column('integer', { name: 'offering_version' })
  offeringVersion!: number;
}

/** A movement of a bucket; the sum of its entries is its remainder. Rows are only added. */
@Entity({ schema: 'charging', name: 'bucket_entry' })
@Check('bucket_entry_kind', `kind in ('grant', 'use', 'rerate') and delta <> 0`)
export class BucketEntryEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'bucket_id' })
  bucketId!: string;

  @PrimaryColumn('uuid', { name: 'entry_id' })
  entryId!: string;

  @Column('text')
  kind!: string;

  @Column('bigint')
  delta!: string;

  @Column('text')
  reference!: string;

  @Column('timestamptz', { name: 'business_at' })
  businessAt!: Date;
}

/** That a card group and period was rated again and came out differently. Rows are only added. */
@Entity({ schema: 'charging', name: 'rerate' })
export class RerateEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'rerate_id' })
  rerateId!: string;

  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @Column('text')
  period!: string;

  @Column('integer')
  events!: number;

  @Column('integer')
  changed!: number;

  @Column('bigint', { name: 'amount_delta' })
  amountDelta!: string;

  @Column('text')
  cause!: string;

  @Column('timestamptz', { name: 'business_at' })
  businessAt!: Date;
}
