import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** A till, and the last number of its receipts; locked while one is given. */
@Entity({ schema: 'receivables', name: 'till' })
export class TillEntity {
  @PrimaryColumn('text') till: string;
  @Column('bigint') last_sequence: string;
  @Column('boolean') needs_shift: boolean;
}

/** A clerk's time at a till. */
@Entity({ schema: 'receivables', name: 'cashier_shift' })
@Check('cashier_shift_state', "state in ('open', 'counted', 'closed')")
@Check('cashier_shift_second_person', 'approved_by <> clerk')
@Index('cashier_shift_clerk', ['clerk'], { unique: true, where: "state = 'open'" })
@Index('cashier_shift_till', ['till'], { unique: true, where: "state <> 'closed'" })
export class CashierShiftEntity {
  @PrimaryColumn('uuid') shift_id: string;
  @Column('text') till: string;
  @Column('text') clerk: string;
  @Column('text') state: string;
  @Column('bigint') float_fen: string;
  @Column('timestamptz') opened_at: Date;
  @Column('bigint', { nullable: true }) expected_fen: string | null;
  @Column('bigint', { nullable: true }) counted_fen: string | null;
  @Column('timestamptz', { nullable: true }) counted_at: Date | null;
  @Column('text', { nullable: true }) approved_by: string | null;
  @Column('timestamptz', { nullable: true }) closed_at: Date | null;
}

/** Cash that came into or left a till. */
@Entity({ schema: 'receivables', name: 'cash_receipt' })
@Unique('cash_receipt_reference', ['kind', 'reference_id'])
@Index('cash_receipt_shift', ['shift_id'])
export class CashReceiptEntity {
  @PrimaryColumn('text') till: string;
  @PrimaryColumn('bigint') sequence: string;
  @Column('uuid') shift_id: string;
  @Column('text') kind: string;
  @Column('uuid') reference_id: string;
  @Column('uuid') account_id: string;
  @Column('bigint') amount_fen: string;
  @Column('timestamptz') at: Date;
}

/** Cash of a closed shift that was paid in at the bank. */
@Entity({ schema: 'receivables', name: 'cash_banking' })
@Check('cash_banking_positive', 'amount_fen > 0')
@Index('cash_banking_shift', ['shift_id'])
export class CashBankingEntity {
  @PrimaryColumn('uuid') banking_id: string;
  @Column('uuid') shift_id: string;
  @Column('bigint') amount_fen: string;
  /** The bank's slip. */
  @Column('text') reference: string;
  @Column('text') banked_by: string;
  @Column('timestamptz') banked_at: Date;
}
