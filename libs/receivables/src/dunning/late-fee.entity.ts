import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** What the late fee of a bill is reckoned from. */
@Entity({ schema: 'receivables', name: 'late_fee' })
@Check('late_fee_not_negative', 'principal_fen >= 0 and waived_fen >= 0')
@Index('late_fee_account', ['lane', 'account_id', 'late_from'], { where: 'not is_settled' })
export class LateFeeEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('text') number: string;
  @Column('date') late_from: string;
  @Column('bigint') principal_fen: string;
  @Column('jsonb') taxes: object;
  @Column('bigint') waived_fen: string;
  @Column('integer') turns: number;
  @Column('boolean') is_settled: boolean;
}

/** A part of a late fee that goes on the next bill; negative where too much was charged. */
@Entity({ schema: 'receivables', name: 'late_fee_charge' })
@Check('late_fee_charge_state', "state in ('decided', 'charged', 'refused')")
@Unique('late_fee_charge_turn', ['lane', 'bill_id', 'turn', 'percent'])
@Index('late_fee_charge_account', ['lane', 'account_id'])
@Index('late_fee_charge_due', ['next_try_at'], { where: 'next_try_at is not null' })
export class LateFeeChargeEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') charge_id: string;
  @Column('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('integer') turn: number;
  @Column('text') percent: string;
  @Column('text') tax_class: string;
  @Column('text') charge_class: string;
  @Column('text') label: string;
  @Column('bigint') amount_fen: string;
  @Column('date') service_date: string;
  @Column('jsonb') explanation: object;
  @Column('text') state: string;
  @Column('timestamptz') decided_at: Date;
  @Column('timestamptz', { nullable: true }) next_try_at: Date | null;
  @Column('uuid', { nullable: true }) billing_charge_id: string | null;
  @Column('text', { nullable: true }) refusal: string | null;
}

/** A part of a late fee that a clerk has waived. */
@Entity({ schema: 'receivables', name: 'late_fee_waiver' })
@Check('late_fee_waiver_positive', 'amount_fen > 0')
@Index('late_fee_waiver_bill', ['lane', 'bill_id'])
export class LateFeeWaiverEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') waiver_id: string;
  @Column('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('bigint') amount_fen: string;
  @Column('text') reason: string;
  @Column('text') waived_by: string;
  @Column('timestamptz') waived_at: Date;
}
