import type { Instant } from '@ronghe/kernel';
import type { SessionPlace } from './batch-state';
import type { ChargingRequest } from './charging-data';
import { newSessionId, type Session } from './session';

/** A session that a create opens. */
export function newSession(
  requestKey: string,
  { lane, accountId, productId, cardGroupId, period }: SessionPlace,
  request: ChargingRequest,
  at: { now: Instant; systemNow: Instant },
): Session {
  return {
    lane,
    sessionId: newSessionId(lane),
    requestKey,
    accountId,
    productId,
    cardGroupId,
    period,
    subscriber: request.subscriber ?? '',
    consumer: request.consumer,
    chargingId: request.chargingId,
    notifyUri: request.notifyUri,
    peer: request.peer,
    state: 'open',
    startedAt: at.now,
    expiresAt: at.systemNow,
    lines: [],
    reserved: [],
    pace: [],
    answers: { first: null, last: [], forgotten: [] },
  };
}
