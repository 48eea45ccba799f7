import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a customer was told of a balance, once. Rows are only added. */
@Entity({ schema: 'charging', name: 'balance_notice' })
@Index('balance_notice_once', ['lane', 'accountId', 'kind', 'subject', 'threshold'], { unique: true })
export class BalanceNoticeEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('uuid', { name: 'notice_id' })
  noticeId!: string;

  @Column('text')
  kind!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  threshold!: string;

  @Column('uuid', { name: 'product_id', nullable: true })
  productId!: string | null;

  @Column('uuid', { name: 'card_group_id', nullable: true })
  cardGroupId!: string | null;

  @Column('text', { nullable: true })
  period!: string | null;

  @Column('jsonb', { nullable: true })
  label!: unknown;

  @Column('text')
  unit!: string;

  @Column('text')
  remaining!: string;

  @Column('timestamptz', { name: 'raised_at' })
  raisedAt!: Date;
}
