import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A run and how far it is; see bill-run.ts for its states. */
@Entity({ schema: 'billing', name: 'bill_run' })
@Index('bill_run_one_at_a_time', ['period', 'bill_day', 'zone'], {
  unique: true,
  where: "state not in ('completed', 'rejected')",
})
@Index('bill_run_period', ['period', 'created_at'])
@Index('bill_run_waiting', ['bill_day', 'zone', 'period'], {
  where: "state = 'waiting' and paused_by is null",
})
@Index('bill_run_scheduled_once', ['period', 'bill_day', 'zone'], {
  unique: true,
  where: "trigger = 'scheduled'",
})
export class BillRunEntity {
  @PrimaryColumn('uuid') run_id: string;
  @Column('text') period: string;
  @Column('smallint') bill_day: number;
  @Column('text') zone: string;
  @Column('timestamptz') period_to: Date;
  @Column('text') trigger: string;
  @Column('boolean') is_forced: boolean;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text') requested_by: string;
  @Column('text') state: string;
  @Column('jsonb') waiting_for: object[];
  @Column('jsonb') checks: object[];
  @Column('integer') accounts: number;
  @Column('integer') added: number;
  @Column('integer') quarantined: number;
  @Column('timestamptz') created_at: Date;
  @Column('timestamptz', { nullable: true }) completed_at: Date | null;
  @Column('text', { nullable: true }) paused_by: string | null;
  @Column('uuid', { nullable: true }) account_id: string | null;
  @Column('integer', { default: 0 }) due_accounts: number;
  @Column('timestamptz', { nullable: true }) stage_since: Date | null;
  @Column('integer', { default: 0 }) stage_base: number;
  /** False of runs that ended before prepaid accounts were drafted. */
  @Column('boolean', { default: true }) includes_prepaid: boolean;
}

/** Some lanes of a run and how far they are; a worker holds the row while it works on them. See lane-range.ts. */
@Entity({ schema: 'billing', name: 'bill_run_range' })
export class BillRunRangeEntity {
  @PrimaryColumn('uuid') run_id: string;
  @PrimaryColumn('smallint') range_no: number;
  @Column('smallint') from_lane: number;
  @Column('smallint') to_lane: number;
  @Column('boolean') is_through: boolean;
  @Column('smallint') cursor_lane: number;
  @Column('uuid', { nullable: true }) cursor_group: string | null;
  @Column('jsonb') lanes: number[];
  @Column('smallint') stage_lane: number;
  @Column('integer') handled: number;
  @Column('integer') accounts: number;
  @Column('integer') added: number;
  @Column('integer') quarantined: number;
}

/** One account was looked at by one run: billed, unchanged, quarantined, released (to be looked at again) or void (rejected). */
@Entity({ schema: 'billing', name: 'billing_claim' })
@Index('billing_claim_run', ['run_id', 'outcome'])
export class BillingClaimEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @PrimaryColumn('text') period: string;
  @PrimaryColumn('uuid') run_id: string;
  @Column('text') outcome: string;
  @Column('uuid', { nullable: true }) bill_id: string | null;
  @Column('text', { nullable: true }) reason_code: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz') claimed_at: Date;
}

/** A period that was billed and of which an input changed since; the next run writes the difference. */
@Entity({ schema: 'billing', name: 'reopened_period' })
export class ReopenedPeriodEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @PrimaryColumn('text') period: string;
  @Column('text') cause: string;
  @Column('timestamptz') reopened_at: Date;
  @Column('uuid', { nullable: true }) run_id: string | null;
}
