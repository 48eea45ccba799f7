import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The directory of accounts: keyed by itself, it says in which lane an account's ledger lies. */
@Entity({ schema: 'receivables', name: 'account' })
@Index('account_customer', ['customer_id'])
export class AccountEntity {
  @PrimaryColumn('uuid') account_id: string;
  @Column('smallint') lane: number;
  @Column('uuid') customer_id: string;
  @Column('text') zone: string;
  @Column('timestamptz') opened_at: Date;
  @Column('text', { default: 'postpaid' }) payment_mode: string;
}

/** What an account owes and what it has too much; the row that is locked while its ledger changes. */
@Entity({ schema: 'receivables', name: 'account_ledger' })
@Check('account_ledger_not_negative', 'receivable_fen >= 0 and credit_fen >= 0 and deposit_fen >= 0')
export class AccountLedgerEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @Column('bigint') receivable_fen: string;
  @Column('bigint') credit_fen: string;
  @Column('bigint', { default: 0 }) deposit_fen: string;
}
