import type { AccountRelation } from '@ronghe/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What ties two accounts of a billing group, as customer last told of it. */
@Entity({ schema: 'billing', name: 'account_relation' })
@Index('account_relation_member', ['lane', 'member_account_id'])
export class AccountRelationEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') relation_id: string;
  @Column('uuid') owner_account_id: string;
  @Column('uuid') member_account_id: string;
  @Column('integer') version: number;
  @Column('jsonb') state: AccountRelation;
}
