import { refusalAnswer, type SessionAnswer } from './charging-answer';
import type { ChargingRequest } from './charging-data';
import { ChargingRefusal } from './charging-refusal';
import type { Session } from './session';
import type { Answered } from './session-answers';

/**
 * What a request is told whose number came before (SEMANTICS §4): what was answered then if it is the same request, else
 * 400. Null: what was answered is not kept any more.
 */
export function repeatedAnswer(
  known: Answered | null,
  request: ChargingRequest,
  session: Session | null | undefined,
): SessionAnswer {
  if (known?.bodyHash === request.bodyHash) {
    const sessionId = known.status < 400 ? (session?.sessionId ?? null) : null;
    return { status: known.status, body: known.body, sessionId };
  }
  const what = known ? 'with another body' : 'and was answered long ago';
  return refusalAnswer(
    new ChargingRefusal(400, 'MANDATORY_IE_INCORRECT', `this sequence number came before ${what}`, [
      { param: 'invocationSequenceNumber', reason: 'already used' },
    ]),
  );
}

/** What is answered; a refusal is an answer too. */
export function answering(decide: () => SessionAnswer): SessionAnswer {
  try {
    return decide();
  } catch (error) {
    if (error instanceof ChargingRefusal) return refusalAnswer(error);
    throw error;
  }
}

/** An answer with what is needed to know its request again. */
export function answered(
  { status, body }: SessionAnswer,
  { sequenceNumber, bodyHash }: ChargingRequest,
): Answered {
  return { sequenceNumber, bodyHash, status, body };
}
