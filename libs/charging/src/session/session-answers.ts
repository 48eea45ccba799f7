/** A request as it was answered: number, hash of its body, status and body of the answer. */
export interface Answered {
  sequenceNumber: number;
  bodyHash: string;
  status: number;
  body: string | null;
}

/** What was answered in a session, for a network function that asks again because it did not hear it (SEMANTICS §4). */
export interface SessionAnswers {
  /** To the create; null for a session from before its answer was kept here. */
  first: Answered | null;
  /** To the last updates and the release, in order of arrival. */
  last: readonly Answered[];
  /** The greatest number of an update whose answer is not kept any more. */
  forgottenThrough: number | null;
}

/**
 * Answers that are kept beside the create's. A consumer asks again only for what it has not heard yet, one request at a time
 * and user plane (TS 32.290 §5.3.2.3); what is older is not asked again in earnest.
 */
const KEPT_ANSWERS = 3;

/** Nothing but the create has been answered. */
export function answersSince(first: Answered): SessionAnswers {
  return { first, last: [], forgottenThrough: null };
}

/** With one answer more, and perhaps the oldest one less. */
export function withAnswer(answers: SessionAnswers, answered: Answered): SessionAnswers {
  const all = [...answers.last, answered];
  const forgotten = all.slice(0, -KEPT_ANSWERS);
  const numbers = forgotten.map(({ sequenceNumber }) => sequenceNumber);
  const { forgottenThrough: before } = answers;
  return {
    first: answers.first,
    last: all.slice(-KEPT_ANSWERS),
    forgottenThrough: numbers.length === 0 ? before : Math.max(before ?? 0, ...numbers),
  };
}

/** What was answered to an update or release of this number; `forgotten`: that it was, but not what. */
export function answerTo(
  { last, forgottenThrough }: SessionAnswers,
  sequenceNumber: number,
): Answered | 'forgotten' | undefined {
  const kept = last.find((each) => each.sequenceNumber === sequenceNumber);
  if (kept) return kept;
  return forgottenThrough !== null && sequenceNumber <= forgottenThrough ? 'forgotten' : undefined;
}

/** An answer as it is stored: small, and read by nobody else. */
type Stored = [sequenceNumber: number, bodyHash: string, status: number, body: string | null];

/** The create's answer as text. */
export function firstToText({ first }: SessionAnswers): string | null {
  return first && JSON.stringify(toStored(first));
}

/** The other answers as text. */
export function lastToText({ last, forgottenThrough }: SessionAnswers): string {
  return JSON.stringify({ forgottenThrough, last: last.map(toStored) });
}

/** Answers from their texts. */
export function answersFromText(first: string | null, others: string): SessionAnswers {
  const { forgottenThrough, last } = JSON.parse(others) as {
    forgottenThrough: number | null;
    last: Stored[];
  };
  return {
    first: first === null ? null : fromStored(JSON.parse(first) as Stored),
    last: last.map(fromStored),
    forgottenThrough,
  };
}

function toStored({ sequenceNumber, bodyHash, status, body }: Answered): Stored {
  return [sequenceNumber, bodyHash, status, body];
}

function fromStored([sequenceNumber, bodyHash, status, body]: Stored): Answered {
  return { sequenceNumber, bodyHash, status, body };
}
