import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An online charging session with what it used and holds. */
@Entity({ schema: 'charging', name: 'session' })
@Index('session_notifiable', ['lane', 'accountId', 'sessionId'], { where: `notify_uri is not null` })
@Index('session_request', ['requestKey', 'lane'], { unique: true })
@Check('session_state', `state in ('open', 'expired', 'released', 'refused')`)
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

  /** SessionLine[] as JSON. */
  @Column('text', { default: '[]' })
  lines!: string;

  /** Reservation[] as JSON. */
  @Column('text', { default: '[]' })
  reserved!: string;

  /** GrantPace[] as JSON. */
  @Column('text', { default: '[]' })
  pace!: string;

  /** Of its create: a hash of who asks, for whom, and of its number; null for sessions from before it was kept here. */
  @Column('uuid', { name: 'request_key', nullable: true })
  requestKey!: string | null;

  /** The create's answer (session-answers.ts); null for sessions from before it was kept here. */
  @Column('text', { nullable: true })
  created!: string | null;

  /** The last other answers. */
  @Column('text', { default: '{"forgottenThrough":null,"last":[]}' })
  answers!: string;
}

/** When sessions are dead unless they are heard of again: of a batch that opened them, or of a second. */
@Entity({ schema: 'charging', name: 'session_deadline' })
export class SessionDeadlineEntity {
  /** On the system's clock. */
  @PrimaryColumn('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @PrimaryColumn('uuid', { name: 'deadline_id' })
  deadlineId!: string;

  @Column('smallint', { array: true })
  lanes!: number[];

  /** In their order, which is that in which they were opened. */
  @Column('uuid', { name: 'session_ids', array: true })
  sessionIds!: string[];
}

/** A create that was refused because nobody held the number, with its answer. */
@Entity({ schema: 'charging', name: 'refused_create' })
export class RefusedCreateEntity {
  /** A hash of who asks, for whom, and of the request's number. */
  @PrimaryColumn('uuid', { name: 'request_key' })
  requestKey!: string;

  @Column('bigint', { name: 'sequence_number' })
  sequenceNumber!: string;

  @Column('uuid', { name: 'body_hash' })
  bodyHash!: string;

  @Column('smallint')
  status!: number;

  @Column('text', { nullable: true })
  answer!: string | null;
}
