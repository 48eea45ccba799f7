import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was done to an account's money besides bills and payments: refunds, deposits, write-offs, recoveries, allocations. */
@Entity({ schema: 'receivables', name: 'movement' })
@Check('movement_positive', 'amount_fen > 0')
@Index('movement_account', ['lane', 'account_id', 'recorded_at'])
export class MovementEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') movement_id: string;
  @Column('uuid') account_id: string;
  @Column('text') kind: string;
  @Column('bigint') amount_fen: string;
  /** How money came or went; null where none did. */
  @Column('text', { nullable: true }) method: string | null;
  /** The payment, bill or allocation that it is about. */
  @Column('uuid', { nullable: true }) reference_id: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('date') value_date: string;
  @Column('timestamptz') recorded_at: Date;
  @Column('text') recorded_by: string;
}

/** The directory of movements: in which lane one lies. */
@Entity({ schema: 'receivables', name: 'movement_lane' })
export class MovementLaneEntity {
  @PrimaryColumn('uuid') movement_id: string;
  @Column('smallint') lane: number;
}
