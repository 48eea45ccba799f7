import type { Instant } from '@ronghe/kernel';

/** Open: has quota. Expired: gave back what it reserved, may still report. Released: over. */
export type SessionState = 'open' | 'expired' | 'released';

/** An online charging session: the charging data resource of TS 32.291. */
export interface Session {
  lane: number;
  /** ChargingDataRef. */
  sessionId: string;
  accountId: string;
  productId: string;
  cardGroupId: string;
  /** Bill period of its start; all its use belongs there. */
  period: string;
  subscriber: string;
  consumer: string;
  chargingId: number | null;
  state: SessionState;
  /** Business time of its start. */
  startedAt: Instant;
  /** System time after which it is taken for dead. */
  expiresAt: Instant;
  /** All that it has reported, over all rating groups. */
  usedOctets: bigint;
}

/** A reservation's place: one per session, rating group and user plane; a new request replaces it (TS 32.299). */
export interface ReservationKey {
  ratingGroup: number;
  upfId: string;
}

/** Units of a bucket that a session has reserved. */
export interface Reservation extends ReservationKey {
  bucketCode: string;
  units: bigint;
}

/** The source of rated usage that comes from sessions. */
export const ONLINE_SOURCE = 'nchf';
