import { amountFromMicro, newId, type Amount, type Instant } from '@ronghe/kernel';
import type { OnlineUse } from './online-policy';
import type { PricedGroup, Session, SessionLine } from './session';

/** The line to which a session's use of a kind is added now: its last one, or a new one from the session's start. */
export function openLineOf(session: Session, use: OnlineUse): SessionLine {
  const own = session.lines.filter(
    ({ usageClass, priced }) =>
      usageClass === use.usageClass && priced?.ratingGroup === use.priced?.ratingGroup,
  );
  return own.at(-1) ?? newLine(session, use, session.startedAt);
}

/** A line for what is used from an instant on. */
export function newLine({ lines, sessionId }: Session, use: OnlineUse, from: Instant): SessionLine {
  const { usageClass, priced } = use;
  const usageId = lines.length === 0 ? sessionId : newId();
  return { usageId, usageClass, from, used: 0n, ...(priced && { priced }) };
}

/** What somebody else has priced so many units at. */
export function preratedAmountOf({ each }: PricedGroup, units: bigint): Amount {
  return amountFromMicro(each * units);
}
