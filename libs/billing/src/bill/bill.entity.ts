import type { LocalizedText } from '@ronghe/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A bill: draft, numbered, published or rejected. */
@Entity({ schema: 'billing', name: 'bill' })
@Index('bill_once_a_run', ['lane', 'run_id', 'account_id'], { unique: true })
@Index('bill_account', ['lane', 'account_id', 'period'])
export class BillEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('uuid') customer_id: string;
  @Column('uuid') run_id: string;
  @Column('text') period: string;
  @Column('timestamptz') period_from: Date;
  @Column('timestamptz') period_to: Date;
  @Column('text') state: string;
  @Column('bigint') total_fen: string;
  @Column('text', { nullable: true }) number: string | null;
  @Column('timestamptz', { nullable: true }) issued_at: Date | null;
  @Column('timestamptz', { nullable: true }) due_at: Date | null;
  @Column('timestamptz') drafted_at: Date;
}

/** A line of a bill with what it was made from. */
@Entity({ schema: 'billing', name: 'bill_line' })
@Check('bill_line_net', 'net_fen = amount_fen - discount_fen')
@Index('bill_line_service', ['lane', 'account_id', 'service_period'])
export class BillLineEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @PrimaryColumn('integer') no: number;
  @Column('uuid') account_id: string;
  @Column('text') service_period: string;
  @Column('text') key: string;
  @Column('text') card: string;
  @Column('uuid', { nullable: true }) product_id: string | null;
  @Column('text') charge_class: string;
  @Column('text') charge_code: string;
  @Column('jsonb') label: LocalizedText;
  @Column('bigint') amount_fen: string;
  @Column('bigint') discount_fen: string;
  @Column('bigint') net_fen: string;
  @Column('bigint') exact_micro: string;
  @Column('bigint') exact_usage_micro: string;
  @Column('bigint', { default: 0 }) exact_settled_micro: string;
  @Column('text') tax_class: string;
  @Column('text') tax_percent: string;
  @Column('bigint') tax_fen: string;
  @Column('date') service_date: string;
  @Column('jsonb', { default: [] }) discounts: object[];
  @Column('jsonb') made_from: object[];
  @Column('jsonb') explanation: object;
}

/** The tax of a bill at one rate. */
@Entity({ schema: 'billing', name: 'bill_tax' })
export class BillTaxEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @PrimaryColumn('text') percent: string;
  @Column('bigint') gross_fen: string;
  @Column('bigint') tax_fen: string;
}

/** The directory of published bills: keyed by the bill alone, it says in which lane it lies. */
@Entity({ schema: 'billing', name: 'bill_lane' })
@Index('bill_lane_account', ['account_id'])
export class BillLaneEntity {
  @PrimaryColumn('uuid') bill_id: string;
  @Column('smallint') lane: number;
  @Column('uuid') account_id: string;
}

/** The last number given out in a series; locked while numbers are given. */
@Entity({ schema: 'billing', name: 'number_series' })
export class NumberSeriesEntity {
  @PrimaryColumn('text') series: string;
  @Column('bigint') last_sequence: string;
}

/** A number given to a bill: 1, 2, 3, … without a gap in each series. */
@Entity({ schema: 'billing', name: 'bill_number' })
@Index('bill_number_bill', ['bill_id'], { unique: true })
export class BillNumberEntity {
  @PrimaryColumn('text') series: string;
  @PrimaryColumn('bigint') sequence: string;
  @Column('uuid') bill_id: string;
}

/** A fee that comes once, and the bill that it came on. */
@Entity({ schema: 'billing', name: 'one_time_charge' })
@Index('one_time_charge_account', ['lane', 'account_id'])
export class OneTimeChargeEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') charge_id: string;
  @Column('uuid') account_id: string;
  @Column('text') charge_class: string;
  @Column('text') label: string;
  @Column('bigint') amount_fen: string;
  @Column('text') tax_class: string;
  @Column('date') service_date: string;
  @Column('timestamptz') requested_at: Date;
  @Column('uuid', { nullable: true }) bill_id: string | null;
}
