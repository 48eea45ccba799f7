import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sum of a bill that the customer does not accept. */
@Entity({ schema: 'receivables', name: 'dispute' })
@Check('dispute_state', "state in ('open', 'accepted', 'rejected', 'credited')")
@Check('dispute_positive', 'amount_fen > 0')
@Index('dispute_account', ['lane', 'account_id', 'opened_at'])
@Index('dispute_bill', ['lane', 'bill_id'])
export class DisputeEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') dispute_id: string;
  @Column('uuid') account_id: string;
  @Column('uuid') bill_id: string;
  @Column('integer', { nullable: true }) line_no: number | null;
  @Column('bigint') amount_fen: string;
  @Column('text') reason: string;
  @Column('text') state: string;
  @Column('date') opened_on: string;
  @Column('timestamptz') opened_at: Date;
  @Column('text') opened_by: string;
  @Column('date', { nullable: true }) resolved_on: string | null;
  @Column('text', { nullable: true }) resolved_by: string | null;
  @Column('text', { nullable: true }) resolution: string | null;
  @Column('boolean', { nullable: true }) days_count: boolean | null;
}

/** The directory of disputes: in which lane one lies. */
@Entity({ schema: 'receivables', name: 'dispute_lane' })
export class DisputeLaneEntity {
  @PrimaryColumn('uuid') dispute_id: string;
  @Column('smallint') lane: number;
}
