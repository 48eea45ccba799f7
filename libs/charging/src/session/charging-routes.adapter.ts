import { isId } from '@ronghe/kernel';
import type { HotAnswer, HotRoute, HotRoutes } from '@ronghe/platform';
import { refusalAnswer, type SessionAnswer } from './charging-answer';
import { readChargingRequest, type ChargingRequest, type Operation } from './charging-data';
import { ChargingRefusal } from './charging-refusal';
import { laneOfSession } from './session';

/** The path of the charging data resource (TS 32.291 §6.1.3.1). */
export const CHARGING_DATA = 'nchf-convergedcharging/v3/chargingdata';
const ID_LENGTH = 36;

/** A request of the charging data resource as it was read. */
export type ChargingAsked =
  | { kind: 'create'; request: ChargingRequest }
  | { kind: 'update' | 'release'; reference: string; request: ChargingRequest };

/**
 * The charging data resource by the short way: creates, updates and releases that are plain. The controller answers the same in
 * the same words, and whatever is not plain. A thread of its own may read them: nothing here knows of the application.
 */
export const hotRoutes: HotRoutes<ChargingAsked> = {
  prefix: `/${CHARGING_DATA}`,
  roles: ['partner', 'operations'],
  find: (rest) => (rest === '' ? created : reportTo(rest)),
};

const created: HotRoute<ChargingAsked> = {
  route: `/${CHARGING_DATA}`,
  read: (body) => reading(body, 'create', (request) => ({ kind: 'create', request })),
};

/** `/REFERENCE/update` or `/REFERENCE/release`; a reference that can be none is the controller's. */
function reportTo(rest: string): HotRoute<ChargingAsked> | null {
  const reference = rest.slice(1, 1 + ID_LENGTH);
  const end = rest.slice(1 + ID_LENGTH);
  const kind = end === '/release' ? 'release' : end === '/update' ? 'update' : null;
  if (kind === null || !isId(reference.toLowerCase()) || laneOfSession(reference) === null) return null;
  return {
    route: `/${CHARGING_DATA}/:reference/${kind}`,
    read: (body) => reading(body, kind, (request) => ({ kind, reference, request })),
  };
}

function reading(
  body: unknown,
  operation: Operation,
  asked: (request: ChargingRequest) => ChargingAsked,
): ReturnType<HotRoute<ChargingAsked>['read']> {
  try {
    return { asked: asked(readChargingRequest(body, operation)) };
  } catch (error) {
    if (error instanceof ChargingRefusal) return { answer: hotAnswer(refusalAnswer(error)) };
    throw error;
  }
}

/** What is sent of an answer: a session is created by 201 alone. */
export function hotAnswer({ status, body, sessionId }: SessionAnswer): HotAnswer {
  return { status, body, created: status === 201 ? sessionId : null };
}
