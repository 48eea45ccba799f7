import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A balanced journal entry; written once, never changed. Lines: account, subAccount, debit and credit in fen as text. */
@Entity({ schema: 'receivables', name: 'journal_entry' })
@Check('journal_entry_balanced', 'receivables.is_balanced(lines)')
@Index('journal_entry_account', ['lane', 'account_id', 'booked_at'])
@Index('journal_entry_time', ['booked_at', 'lane', 'kind', 'reference_id'])
export class JournalEntryEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('text') kind: string;
  @PrimaryColumn('uuid') reference_id: string;
  @Column('uuid') account_id: string;
  @Column('text', { nullable: true }) period: string | null;
  @Column('timestamptz') booked_at: Date;
  @Column('jsonb') lines: { account: string; subAccount: string | null; debit: string; credit: string }[];
}

/** A bill that is owed, with what is still open of it. */
@Entity({ schema: 'receivables', name: 'open_item' })
@Check('open_item_within_amount', 'open_fen >= 0 and open_fen <= amount_fen')
@Check(
  'open_item_held',
  'disputed_fen >= 0 and instalment_fen >= 0 and disputed_fen + instalment_fen <= open_fen',
)
@Index('open_item_account', ['lane', 'account_id', 'due_at'])
export class OpenItemEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') bill_id: string;
  @Column('uuid') account_id: string;
  @Column('text') number: string;
  @Column('text') period: string;
  @Column('timestamptz') issued_at: Date;
  @Column('timestamptz') due_at: Date;
  @Column('bigint') amount_fen: string;
  @Column('bigint') open_fen: string;
  /** Held out of dunning while somebody looks at it. */
  @Column('bigint', { default: 0 }) disputed_fen: string;
  /** Not late while its instalment plan is kept. */
  @Column('bigint', { default: 0 }) instalment_fen: string;
}

/** The directory of bills: in which lane a bill's item lies, by id and by number. */
@Entity({ schema: 'receivables', name: 'bill_lane' })
@Index('bill_lane_number', ['number'])
export class BillLaneEntity {
  @PrimaryColumn('uuid') bill_id: string;
  @Column('smallint') lane: number;
  @Column('text', { nullable: true }) number: string | null;
}
