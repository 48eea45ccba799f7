import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Terms of an account in dunning, and when it is to be looked at. */
@Entity({ schema: 'receivables', name: 'dunning_account' })
@Index('dunning_account_due', ['next_review_at'], { where: 'next_review_at is not null' })
export class DunningAccountEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') account_id: string;
  @Column('text') customer_class: string;
  @Column('boolean') is_exempt: boolean;
  @Column('boolean') bears_late_fee: boolean;
  @Column('text', { nullable: true }) terms_reason: string | null;
  @Column('boolean') is_watched: boolean;
  @Column('timestamptz', { nullable: true }) next_review_at: Date | null;
}

/** A customer's promise to pay, taken by a clerk: dunning keeps still until then. */
@Entity({ schema: 'receivables', name: 'dunning_promise' })
@Index('dunning_promise_open', ['lane', 'account_id'], { unique: true, where: 'ended_at is null' })
export class DunningPromiseEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') promise_id: string;
  @Column('uuid') account_id: string;
  @Column('date') until: string;
  @Column('boolean') releases: boolean;
  @Column('text') reason: string;
  @Column('text') given_by: string;
  @Column('timestamptz') given_at: Date;
  @Column('timestamptz', { nullable: true }) ended_at: Date | null;
}

/** One account and service class in dunning. */
@Entity({ schema: 'receivables', name: 'dunning_case' })
@Check('dunning_case_stop', "stop in ('none', 'barred-outgoing', 'full-stop', 'termination')")
@Index('dunning_case_open', ['lane', 'account_id', 'service'], { unique: true, where: 'closed_at is null' })
@Index('dunning_case_account', ['lane', 'account_id', 'opened_at'])
export class DunningCaseEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') case_id: string;
  @Column('uuid') account_id: string;
  @Column('text') service: string;
  @Column('text') stop: string;
  @Column('text', { nullable: true }) state_code: string | null;
  @Column('jsonb') noticed: object;
  @Column('integer') steps: number;
  @Column('timestamptz') opened_at: Date;
  @Column('timestamptz', { nullable: true }) closed_at: Date | null;
}

/** What happened in a case; written once, never changed. */
@Entity({ schema: 'receivables', name: 'dunning_step' })
@Check('dunning_step_kind', "kind in ('notice', 'stop', 'resume', 'closed')")
export class DunningStepEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') case_id: string;
  @PrimaryColumn('integer') no: number;
  @Column('text') kind: string;
  @Column('jsonb', { nullable: true }) state: object | null;
  @Column('text') stop: string;
  @Column('bigint') overdue_fen: string;
  @Column('integer', { nullable: true }) overdue_days: number | null;
  @Column('timestamptz') at: Date;
}

/** What dunning wants of a product, and what was ordered for it. */
@Entity({ schema: 'receivables', name: 'dunning_stop' })
@Check('dunning_stop_wanted', "wanted in ('none', 'barred-outgoing', 'full-stop', 'termination')")
@Index('dunning_stop_due', ['next_try_at'], { where: 'next_try_at is not null' })
@Index('dunning_stop_order', ['lane', 'order_id'])
export class DunningStopEntity {
  @PrimaryColumn('smallint') lane: number;
  @PrimaryColumn('uuid') product_id: string;
  @Column('uuid') account_id: string;
  @Column('text') wanted: string;
  @Column('integer') attempt: number;
  @Column('integer') tries: number;
  @Column('uuid', { nullable: true }) order_id: string | null;
  @Column('timestamptz', { nullable: true }) next_try_at: Date | null;
}
