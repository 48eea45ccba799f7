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
  @Column('timestamptz') created_at: Date;
  @Column('text') created_by: string;
  @Column('timestamptz', { nullable: true }) ended_at: Date | null;
}
