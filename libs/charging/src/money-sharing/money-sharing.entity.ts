import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a prepaid account pays for another one of its balance group. Only its end is ever added. Amounts are micro-yuan. */
@Entity({ schema: 'charging', name: 'money_sharing' })
@Index('money_sharing_group', ['lane', 'balanceGroupId'])
@Index('money_sharing_member', ['lane', 'memberAccountId', 'fromPeriod'], {
  unique: true,
  where: `to_period is distinct from from_period`,
})
@Check('money_sharing_period', `to_period is null or to_period >= from_period`)
@Check('money_sharing_not_with_itself', `owner_account_id <> member_account_id`)
@Check('money_sharing_cap', `cap >= 0`)
export class MoneySharingEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'sharing_id' })
  sharingId!: string;

  @Column('uuid', { name: 'balance_group_id' })
  balanceGroupId!: string;

  @Column('uuid', { name: 'owner_account_id' })
  ownerAccountId!: string;

  @Column('uuid', { name: 'member_account_id' })
  memberAccountId!: string;

  /** At most so much in a period; null: no limit. */
  @Column('bigint', { nullable: true })
  cap!: string | null;

  @Column({ type: 'text', name: 'from_period', collation: 'C' })
  fromPeriod!: string;

  @Column({ type: 'text', name: 'to_period', collation: 'C', nullable: true })
  toPeriod!: string | null;

  @Column('text')
  reason!: string;

  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;

  @Column('text', { name: 'ended_by', nullable: true })
  endedBy!: string | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

/** What an owner paid for a member in a period; it moves under the lock of the owner's money. */
@Entity({ schema: 'charging', name: 'money_share_use' })
@Check('money_share_use_counted', `used >= 0 and reserved >= 0`)
export class MoneyShareUseEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'sharing_id' })
  sharingId!: string;

  @PrimaryColumn('text', { collation: 'C' })
  period!: string;

  @Column('bigint')
  used!: string;

  /** What the member's open sessions hold. */
  @Column('bigint')
  reserved!: string;
}
