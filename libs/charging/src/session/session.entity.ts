import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An online charging session. */
@Entity({ schema: 'charging', name: 'session' })
@Index('session_expiry', ['expiresAt'], { where: `state = 'open'` })
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

  @Column('bigint', { name: 'used_octets', default: 0 })
  usedOctets!: string;
}

/** Where a session's rows lie. */
@Entity({ schema: 'charging', name: 'session_locator' })
export class SessionLocatorEntity {
  @PrimaryColumn('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('smallint')
  lane!: number;
}

/** A request of a network function and its stored answer. */
@Entity({ schema: 'charging', name: 'session_request' })
export class SessionRequestEntity {
  @PrimaryColumn('text')
  scope!: string;

  @PrimaryColumn('bigint', { name: 'sequence_number' })
  sequenceNumber!: string;

  @Column('text', { name: 'body_hash' })
  bodyHash!: string;

  @Column('uuid', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  @Column('smallint', { nullable: true })
  status!: number | null;

  @Column('json', { nullable: true })
  answer!: unknown | null;
}

/** Units of a bucket that a session holds. */
@Entity({ schema: 'charging', name: 'reservation' })
@Check('reservation_positive', `units > 0`)
export class ReservationEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'session_id' })
  sessionId!: string;

  @PrimaryColumn('bigint', { name: 'rating_group' })
  ratingGroup!: string;

  @PrimaryColumn('text', { name: 'upf_id' })
  upfId!: string;

  @PrimaryColumn('text', { name: 'bucket_code' })
  bucketCode!: string;

  @Column('bigint')
  units!: string;
}
