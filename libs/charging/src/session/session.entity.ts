import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An online charging session with what it used and holds. */
@Entity({ schema: 'charging', name: 'session' })
@Index('session_expiry', ['expiresAt'], { where: `state = 'open'` })
@Index('session_notifiable', ['lane', 'accountId'], { where: `state = 'open' and notify_uri is not null` })
@Check('session_state', `state in ('open', 'expired', 'released')`)
export class SessionEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @Column('text')
  period!: string;

  @Column('text')
  subscriber!: string;

  @Column('text')
  consumer!: string;

  @Column('bigint', { name: 'charging_id', nullable: true })
  chargingId!: string | null;

  @Column('text')
  state!: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('text', { name: 'notify_uri', nullable: true })
  notifyUri!: string | null;

  @Column('text', { nullable: true })
  peer!: string | null;

  /** SessionLine[]. */
  @Column('jsonb', { default: [] })
  lines!: unknown;

  /** Reservation[]. */
  @Column('jsonb', { default: [] })
  reserved!: unknown;

  /** GrantPace[]. */
  @Column('jsonb', { default: [] })
  pace!: unknown;
}

/** A request of a network function and its stored answer. */
@Entity({ schema: 'charging', name: 'session_answer' })
export class SessionAnswerEntity {
  /** The session, or a hash of who creates it for whom. */
  @PrimaryColumn('uuid')
  scope!: string;

  @PrimaryColumn('bigint', { name: 'sequence_number' })
  sequenceNumber!: string;

  @Column('uuid', { name: 'body_hash' })
  bodyHash!: string;

  @Column('uuid', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  @Column('smallint')
  status!: number;

  @Column('text', { nullable: true })
  answer!: string | null;
}
