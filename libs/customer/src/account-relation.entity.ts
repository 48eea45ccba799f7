import type { AccountRelationTerms } from '@ronghe/contracts';
import { Check, Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm';

/** A relation of two accounts as it was known from … until …; rows are only added, `superseded_at` is set once. */
@Entity({ schema: 'customer', name: 'account_relation' })
@Index('account_relation_lane', ['lane'], { where: 'superseded_at is null' })
@Index('account_relation_owner', ['owner_account_id'])
@Index('account_relation_member', ['member_account_id'])
@Check('account_relation_days', 'effective_to >= effective_from')
@Check('account_relation_sides', 'owner_account_id <> member_account_id')
@Exclusion(
  'account_relation_one_parent',
  `using gist (member_account_id with =, daterange(effective_from, effective_to) with &&) where (kind = 'parent' and superseded_at is null)`,
)
export class AccountRelationEntity {
  @PrimaryColumn('uuid') relation_id!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('smallint') lane!: number;
  @Column('uuid') owner_account_id!: string;
  @Column('uuid') member_account_id!: string;
  @Column('text') kind!: string;
  @Column('jsonb') terms!: AccountRelationTerms;
  @Column('date') effective_from!: string;
  @Column('date', { nullable: true }) effective_to!: string | null;
  @Column('timestamptz') recorded_at!: Date;
  @Column('text') recorded_by!: string;
  @Column('text') cause!: string;
  @Column('timestamptz', { nullable: true }) superseded_at!: Date | null;
}

/** Locked while relations of a lane change, so that two changes at once cannot close a circle. */
@Entity({ schema: 'customer', name: 'relation_lane' })
export class RelationLaneEntity {
  @PrimaryColumn('smallint') lane!: number;
}
