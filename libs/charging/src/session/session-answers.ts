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
  /** The numbers whose answers are not kept any more, as ranges in ascending order: mostly one. */
  forgotten: readonly NumberRange[];
}

/** From the first number to the last, both included. */
export type NumberRange = readonly [first: number, last: number];

/**
 * Answers that are kept beside the create's. A consumer asks again only for what it has not heard yet, one request at a time
 * and user plane (TS 32.290 §5.3.2.3); what is older is not asked again in earnest.
 */
const KEPT_ANSWERS = 3;
/**
 * Ranges that are kept: gaps are numbers that are still under way, or never come. Beyond so many the oldest gap counts as
 * answered, so that a session does not grow without end.
 */
const RANGES_MAXIMUM = 64;

/** Nothing but the create has been answered. */
export function answersSince(first: Answered): SessionAnswers {
  return { first, last: [], forgotten: [] };
}

/** With one answer more, and perhaps the oldest one less. */
export function withAnswer(answers: SessionAnswers, answered: Answered): SessionAnswers {
  const all = [...answers.last, answered];
  if (all.length <= KEPT_ANSWERS) return { first: answers.first, last: all, forgotten: answers.forgotten };
  const numbers = all.slice(0, -KEPT_ANSWERS).map(({ sequenceNumber }) => sequenceNumber);
  return {
    first: answers.first,
    last: all.slice(-KEPT_ANSWERS),
    forgotten: numbers.reduce(withNumber, answers.forgotten),
  };
}

/** Ranges with one number more; those that meet are one. */
function withNumber(ranges: readonly NumberRange[], number: number): readonly NumberRange[] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges, [number, number] as const].sort(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  const [oldest, next, ...others] = joined;
  return oldest && next && joined.length > RANGES_MAXIMUM ? [[oldest[0], next[1]], ...others] : joined;
}

/** What was answered to an update or release of this number; `forgotten`: that it was, but not what. */
export function answerTo(
  { last, forgotten }: SessionAnswers,
  sequenceNumber: number,
): Answered | 'forgotten' | undefined {
  const kept = last.find((each) => each.sequenceNumber === sequenceNumber);
  if (kept) return kept;
  const isForgotten = forgotten.some(([from, to]) => from <= sequenceNumber && sequenceNumber <= to);
  return isForgotten ? 'forgotten' : undefined;
}

/** An answer as it is stored: small, and read by nobody else. */
type Stored = [sequenceNumber: number, bodyHash: string, status: number, body: string | null];

interface StoredAnswers {
  forgotten?: NumberRange[];
  /** Of sessions from before ranges were kept: the greatest number of an answer that was forgotten. */
  forgottenThrough?: number | null;
  last: Stored[];
}

/** The create's answer as text. */
export function firstToText({ first }: SessionAnswers): string | null {
  return first && JSON.stringify(toStored(first));
}

/** The other answers as text. */
export function lastToText({ last, forgotten }: SessionAnswers): string {
  return JSON.stringify({ forgotten, last: last.map(toStored) });
}

/** Answers from their texts. */
export function answersFromText(first: string | null, others: string): SessionAnswers {
  const { forgotten, forgottenThrough, last } = JSON.parse(others) as StoredAnswers;
  return {
    first: first === null ? null : fromStored(JSON.parse(first) as Stored),
    last: last.map(fromStored),
    forgotten: forgotten ?? (typeof forgottenThrough === 'number' ? [[0, forgottenThrough]] : []),
  };
}

function toStored({ sequenceNumber, bodyHash, status, body }: Answered): Stored {
  return [sequenceNumber, bodyHash, status, body];
}

function fromStored([sequenceNumber, bodyHash, status, body]: Stored): Answered {
  return { sequenceNumber, bodyHash, status, body };
}
