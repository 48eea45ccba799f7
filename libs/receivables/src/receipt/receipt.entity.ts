import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** Money that a bank or gateway reported, until and after it is somebody's payment. */
@Entity({ schema: 'receivables', name: 'receipt' })
@Unique('receipt_reference', ['source', 'reference'])
@Check('receipt_positive', 'amount_fen > 0')
@Check(
  'receipt_state',
  `state in ('matched', 'unmatched', 'returned') and (state = 'matched') = (payment_id is not null) and (state = 'returned') = (returned_at is not null)`,
)
@Index('receipt_unmatched', ['receipt_id'], { where: `state = 'unmatched'` })
@Index('receipt_file', ['file_id'])
export class ReceiptEntity {
  @PrimaryColumn('uuid') receipt_id: string;
  /** Code of the statement's mapping, or name of the gateway. */
  @Column('text') source: string;
  /** The source's own id of it. */
  @Column('text') reference: string;
  @Column('text') content_hash: string;
  @Column('uuid', { nullable: true }) file_id: string | null;
  @Column('bigint') amount_fen: string;
  @Column('date') value_date: string;
  @Column('text') payer: string;
  @Column('text') remark: string;
  @Column('text') state: string;
  /** bill-number, account, amount, or who matched it by hand. */
  @Column('text', { nullable: true }) matched_by: string | null;
  @Column('uuid', { nullable: true }) account_id: string | null;
  @Column('uuid', { nullable: true }) payment_id: string | null;
  @Column('timestamptz') received_at: Date;
  @Column('timestamptz', { nullable: true }) matched_at: Date | null;
  @Column('timestamptz', { nullable: true }) returned_at: Date | null;
  @Column('text', { nullable: true }) returned_by: string | null;
  @Column('text', { nullable: true }) return_reason: string | null;
}

/** A bank statement that was imported, and what became of its lines. */
@Entity({ schema: 'receivables', name: 'statement_file' })
@Unique('statement_file_content', ['source', 'content_hash'])
export class StatementFileEntity {
  @PrimaryColumn('uuid') file_id: string;
  @Column('text') source: string;
  @Column('text') name: string;
  @Column('text') content_hash: string;
  @Column('integer') lines: number;
  /** How many lines are receipts, and how many of them have been taken so far. */
  @Column('integer', { default: 0 }) to_take: number;
  @Column('integer', { default: 0 }) taken: number;
  @Column('integer') matched: number;
  @Column('integer') unmatched: number;
  @Column('integer') duplicates: number;
  @Column('integer') ignored: number;
  @Column('jsonb') refused: { line: number; reason: string }[];
  @Column('timestamptz') received_at: Date;
  @Column('text') received_by: string;
}
