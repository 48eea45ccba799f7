import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a published statement takes from its account's money, or gives back (negative), of one tax class. */
@Entity({ schema: 'billing', name: 'settlement' })
@Index('settlement_open', ['bill_id'], { where: 'settled_at is null' })
export class SettlementEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @PrimaryColumn('text') tax_class: string;
  @Column('uuid') account_id: string;
  @Column('bigint') micro: string;
  /** When charging had done it; null: it is still to be asked. */
  @Column('timestamptz', { nullable: true }) settled_at: Date | null;
}
