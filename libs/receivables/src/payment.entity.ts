import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Money that came in. */
@Entity({ schema: 'receivables', name: 'payment' })
@Check('payment_positive', 'amount_fen > 0')
@Index('payment_account', ['lane', 'account_id', 'received_at'])
export class PaymentEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') payment_id: string;
  @Column('uuid') account_id: string;
  @Column('bigint') amount_fen: string;
  @Column('text') method: string;
  @Column('timestamptz') received_at: Date;
  @Column('text') received_by: string;
  /** The local day from which the money counts. */
  @Column('date') value_date: string;
  /** The bank's or gateway's own id of it. */
  @Column('text', { nullable: true }) reference: string | null;
}

/** The directory of payments: in which lane a payment lies. */
@Entity({ schema: 'receivables', name: 'payment_lane' })
export class PaymentLaneEntity {
  @PrimaryColumn('uuid') payment_id: string;
  @Column('smallint') lane: number;
}

/** A part of a payment, credit note, credit or deposit, or a loss, that settles a part of a bill, until it is taken back. */
@Entity({ schema: 'receivables', name: 'allocation' })
@Check('allocation_positive', 'amount_fen > 0')
@Index('allocation_bill', ['lane', 'bill_id'])
@Index('allocation_source', ['lane', 'source_id'])
export class AllocationEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') allocation_id: string;
  @Column('uuid') source_id: string;
  @Column('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('text') source_kind: string;
  @Column('bigint') amount_fen: string;
  @Column('timestamptz') allocated_at: Date;
  /** The bill's line that it is for; null: the bill. */
  @Column('integer', { nullable: true }) line_no: number | null;
  @Column('date') value_date: string;
  /** When it was taken back; null while it stands. */
  @Column('timestamptz', { nullable: true }) reversed_at: Date | null;
}
