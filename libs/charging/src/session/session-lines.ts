import { amountFromMicro, newId, type Amount, type Instant } from '@ronghe/kernel';
import type { OnlineUse } from './online-policy';
import type { PricedGroup, Session, SessionLine } from './session';

/** The line to which a session's use of a kind is added now: its last one, or a new one from the session's start. */
export function openLineOf(
  session: Pick<Session, 'sessionId' | 'startedAt'>,
  lines: readonly SessionLine[],
  use: OnlineUse,
): SessionLine {
  return lines.findLast((line) => isLineOf(line, use)) ?? newLine(session, lines, use, session.startedAt);
}

/** A line for what is used from an instant on. */
export function newLine(
  { sessionId }: Pick<Session, 'sessionId'>,
  lines: readonly SessionLine[],
  { usageClass, priced }: OnlineUse,
  from: Instant,
): SessionLine {
  const usageId = lines.length === 0 ? sessionId : newId();
  const line: SessionLine = { usageId, usageClass, from, used: 0n };
  return priced ? { ...line, priced } : line;
}

/** A line with another total. */
export function lineWith({ usageId, usageClass, from, priced }: SessionLine, used: bigint): SessionLine {
  const line: SessionLine = { usageId, usageClass, from, used };
  return priced ? { ...line, priced } : line;
}

/** Whether use of a kind is added to a line. */
export function isLineOf({ usageClass, priced }: SessionLine, use: OnlineUse): boolean {
  return usageClass === use.usageClass && priced?.ratingGroup === use.priced?.ratingGroup;
}

/** What somebody else has priced so many units at. */
export function preratedAmountOf({ each }: PricedGroup, units: bigint): Amount {
  return amountFromMicro(each * units);
}
