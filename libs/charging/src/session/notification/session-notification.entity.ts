import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An account whose credit ended or came back: its open sessions are to be looked at. */
@Entity({ schema: 'charging', name: 'credit_change' })
export class CreditChangeEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('timestamptz', { name: 'noted_at' })
  notedAt!: Date;

  /** Sessions with ids up to it have been looked at since; null: none. */
  @Column('uuid', { name: 'looked_through', nullable: true })
  lookedThrough!: string | null;
}

/** What a network function is told about one grant of a session; of each kind once. */
@Entity({ schema: 'charging', name: 'session_notification' })
@Index('session_notification_due', ['nextAt'], { where: `state = 'waiting'` })
@Check(
  'session_notification_valid',
  `kind in ('ABORT_CHARGING', 'REAUTHORIZATION') and state in ('waiting', 'sent', 'failed', 'void') and attempts >= 0`,
)
export class SessionNotificationEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'session_id' })
  sessionId!: string;

  /** The session's `expires_at` when it was decided: names the grant that it is about. */
  @PrimaryColumn('timestamptz', { name: 'granted_until' })
  grantedUntil!: Date;

  @PrimaryColumn('text')
  kind!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('text', { name: 'notify_uri' })
  notifyUri!: string;

  /** number[]: rating groups that may ask again. */
  @Column('jsonb', { name: 'rating_groups' })
  ratingGroups!: unknown;

  @Column('text', { default: 'waiting' })
  state!: string;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { name: 'next_at' })
  nextAt!: Date;

  /** What the last try came to. */
  @Column('text', { nullable: true })
  outcome!: string | null;
}
