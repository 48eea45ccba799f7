import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a card group uses the allowances of another one of its balance group. Only its end is ever added. */
@Entity({ schema: 'charging', name: 'sharing' })
@Index('sharing_group', ['lane', 'balanceGroupId'])
@Index('sharing_member', ['lane', 'memberCardGroupId', 'effectiveFrom'], {
  unique: true,
  where: `effective_to is distinct from effective_from`,
})
@Check('sharing_period', `effective_to is null or effective_to >= effective_from`)
@Check('sharing_not_with_itself', `owner_card_group_id <> member_card_group_id`)
export class SharingEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'sharing_id' })
  sharingId!: string;

  @Column('uuid', { name: 'balance_group_id' })
  balanceGroupId!: string;

  /** The owner's. */
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'member_account_id' })
  memberAccountId!: string;

  @Column('uuid', { name: 'owner_card_group_id' })
  ownerCardGroupId!: string;

  @Column('uuid', { name: 'member_card_group_id' })
  memberCardGroupId!: string;

  @Column('jsonb')
  caps!: unknown;

  @Column('timestamptz', { name: 'effective_from' })
  effectiveFrom!: Date;

  @Column('timestamptz', { name: 'effective_to', nullable: true })
  effectiveTo!: Date | null;

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
