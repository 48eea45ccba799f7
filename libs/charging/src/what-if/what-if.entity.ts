import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A trial of draft documents over a period's usage, and how far it is. */
@Entity({ schema: 'charging', name: 'what_if' })
@Index('what_if_running', ['whatIfId'], { where: `state = 'running'` })
@Check('what_if_state', `state in ('running', 'done', 'cancelled')`)
export class WhatIfEntity {
  @PrimaryColumn('uuid', { name: 'what_if_id' })
  whatIfId!: string;

  @Column('text')
  state!: string;

  @Column('text')
  period!: string;

  @Column('jsonb')
  draft!: unknown;

  @Column('text', { array: true })
  conflicts!: string[];

  @Column('text', { name: 'requested_by' })
  requestedBy!: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column('integer', { name: 'accounts_total', default: 0 })
  accountsTotal!: number;

  @Column('integer', { name: 'accounts_done', default: 0 })
  accountsDone!: number;

  @Column('timestamptz', { name: 'working_since', nullable: true })
  workingSince!: Date | null;

  /** The last balance group that was looked at. */
  @Column('uuid', { name: 'cursor_group', nullable: true })
  cursorGroup!: string | null;
}

/** What one price of an offer comes to, before and after. */
@Entity({ schema: 'charging', name: 'what_if_line' })
export class WhatIfLineEntity {
  @PrimaryColumn('uuid', { name: 'what_if_id' })
  whatIfId!: string;

  @PrimaryColumn('text', { name: 'offering_code' })
  offeringCode!: string;

  @PrimaryColumn('text')
  kind!: string;

  @PrimaryColumn('text', { name: 'charge_code' })
  chargeCode!: string;

  @Column('integer')
  count!: number;

  @Column('bigint', { name: 'amount_before' })
  amountBefore!: string;

  @Column('bigint', { name: 'amount_after' })
  amountAfter!: string;
}

/** What an account would pay, where that is another amount. */
@Entity({ schema: 'charging', name: 'what_if_account' })
@Index('what_if_account_trial', ['whatIfId', 'accountId'])
export class WhatIfAccountEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'what_if_id' })
  whatIfId!: string;

  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('bigint', { name: 'usage_before' })
  usageBefore!: string;

  @Column('bigint', { name: 'usage_after' })
  usageAfter!: string;

  @Column('bigint', { name: 'fees_before' })
  feesBefore!: string;

  @Column('bigint', { name: 'fees_after' })
  feesAfter!: string;

  @Column('bigint', { name: 'discounts_before' })
  discountsBefore!: string;

  @Column('bigint', { name: 'discounts_after' })
  discountsAfter!: string;

  @Column('bigint', { name: 'total_before' })
  totalBefore!: string;

  @Column('bigint', { name: 'total_after' })
  totalAfter!: string;

  @Column('text', { nullable: true })
  problem!: string | null;
}

/** All tables of trials. */
export const whatIfEntities = [WhatIfEntity, WhatIfLineEntity, WhatIfAccountEntity];
