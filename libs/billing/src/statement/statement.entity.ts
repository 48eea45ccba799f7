import type { LocalizedText } from '@ronghe/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was debited of a fee of a prepaid account; the latest version replaces the one before. */
@Entity({ schema: 'billing', name: 'prepaid_fee' })
@Index('prepaid_fee_account', ['lane', 'account_id', 'period'])
export class DebitedFeeEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') product_id: string;
  @PrimaryColumn('text') price_code: string;
  @PrimaryColumn('text') period: string;
  @Column('uuid') account_id: string;
  @Column('integer') version: number;
  @Column('jsonb') label: LocalizedText;
  @Column('text') tax_class: string;
  @Column('bigint') debited_micro: string;
}

/** What became of a prepaid account's money on a local day; the latest version replaces the one before. */
@Entity({ schema: 'billing', name: 'consumption_day' })
export class ConsumptionDayEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @PrimaryColumn('date') day: string;
  @Column('integer') version: number;
  /** Bill period in which the day lies. */
  @Column('text') period: string;
  @Column('bigint') paid_in_micro: string;
  /** By the customer's own money. */
  @Column('bigint') used_micro: string;
  /** What bonuses paid beside it. */
  @Column('bigint') bonus_micro: string;
  @Column('bigint', { default: 0 }) bonus_given_micro: string;
  @Column('bigint', { default: 0 }) bonus_expired_micro: string;
  @Column('bigint') expired_micro: string;
  @Column('bigint') transferred_micro: string;
  @Column('bigint') adjusted_micro: string;
  /** Of what was transferred, shared money by the other account: micro-yuan as text. */
  @Column('jsonb', { default: {} }) shared: Record<string, string>;
}

/** The money part of a prepaid account's statement, which is a bill of which nothing is due. */
@Entity({ schema: 'billing', name: 'statement' })
@Index('statement_account', ['lane', 'account_id'])
@Check(
  'statement_closing',
  'closing_micro = opening_micro + paid_in_micro - used_micro - expired_micro + transferred_micro + adjusted_micro',
)
@Check(
  'statement_bonus_closing',
  'bonus_closing_micro = bonus_opening_micro + bonus_given_micro - bonus_micro - bonus_expired_micro',
)
export class StatementEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('bigint') opening_micro: string;
  @Column('bigint') paid_in_micro: string;
  @Column('bigint') used_micro: string;
  @Column('bigint') bonus_micro: string;
  @Column('bigint') expired_micro: string;
  @Column('bigint') transferred_micro: string;
  @Column('bigint') adjusted_micro: string;
  @Column('bigint') closing_micro: string;
  @Column('bigint', { default: 0 }) bonus_opening_micro: string;
  @Column('bigint', { default: 0 }) bonus_given_micro: string;
  @Column('bigint', { default: 0 }) bonus_expired_micro: string;
  @Column('bigint', { default: 0 }) bonus_closing_micro: string;
  /** As of a day. */
  @Column('jsonb', { default: {} }) shared: Record<string, string>;
}
