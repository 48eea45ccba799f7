import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An overdue amount in dated parts. Amounts within are fen as text. */
@Entity({ schema: 'receivables', name: 'instalment_plan' })
@Check('instalment_plan_state', `state in ('active', 'kept', 'broken', 'cancelled')`)
@Index('instalment_plan_active', ['lane', 'account_id'], { unique: true, where: `state = 'active'` })
@Index('instalment_plan_account', ['lane', 'account_id', 'created_at'])
export class InstalmentPlanEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') plan_id: string;
  @Column('uuid') account_id: string;
  @Column('text') state: string;
  @Column('jsonb') parts: { dueOn: string; amount: string }[];
  @Column('jsonb') items: { billId: string; amount: string }[];
  /** What is left of a bill in the plan when a payment of it is taken back: the rest is late from then on. */
  @Column('jsonb', { default: [] }) taken_back: { billId: string; at: string; left: string }[];
  @Column('timestamptz') created_at: Date;
  @Column('text') created_by: string;
  @Column('timestamptz', { nullable: true }) ended_at: Date | null;
}
