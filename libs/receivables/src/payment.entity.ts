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
}

/** A part of a payment, of a credit note or of customer credit that settles a part of a bill. */
@Entity({ schema: 'receivables', name: 'allocation' })
@Check('allocation_positive', 'amount_fen > 0')
@Index('allocation_bill', ['lane', 'bill_id'])
export class AllocationEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') source_id: string;
  @PrimaryColumn('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('text') source_kind: string;
  @Column('bigint') amount_fen: string;
  @Column('timestamptz') allocated_at: Date;
}
