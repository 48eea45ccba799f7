import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Money that was paid in advance: booked here, then granted by charging, once. */
@Entity({ schema: 'receivables', name: 'top_up' })
@Check('top_up_state', `state in ('booked', 'granted', 'refused')`)
@Index('top_up_account', ['lane', 'account_id', 'payment_id'])
@Index('top_up_waiting', ['payment_id'], { where: `state = 'booked'` })
export class TopUpEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') payment_id: string;
  @Column('uuid') account_id: string;
  @Column('bigint') amount_fen: string;
  @Column('text') method: string;
  @Column('text') state: string;
  @Column('timestamptz') booked_at: Date;
  @Column('timestamptz', { nullable: true }) granted_at: Date | null;
  /** What charging answered. */
  @Column('jsonb', { nullable: true }) outcome: unknown;
}

/** In which lane a top-up lies. */
@Entity({ schema: 'receivables', name: 'top_up_lane' })
export class TopUpLaneEntity {
  @PrimaryColumn('uuid') payment_id: string;
  @Column('smallint') lane: number;
}

/** What was posted of an account's consumption on a local day. */
@Entity({ schema: 'receivables', name: 'consumption' })
export class ConsumptionEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @PrimaryColumn('date') day: string;
  @Column('integer') version: number;
  /** Micro-yuan by what it was. */
  @Column('jsonb') posted: unknown;
  /** Bill period of the day; null where it was not told. */
  @Column('text', { nullable: true }) period: string | null;
}

/** An account's prepayment: paid in fen, and what became of it in micro-yuan, of which whole fen are booked. */
@Entity({ schema: 'receivables', name: 'prepayment' })
export class PrepaymentEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @Column('bigint') paid_fen: string;
  @Column('jsonb') moved: unknown;
}

/** Published policies that the ledger needs: tax rates, limits of top-ups. */
@Entity({ schema: 'receivables', name: 'policy' })
export class PolicyEntity {
  @PrimaryColumn('text') code: string;
  @PrimaryColumn('integer') version: number;
  @Column('text') kind: string;
  @Column('jsonb') document: unknown;
}
