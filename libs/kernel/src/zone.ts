import { instantFromMs, instantToMs, type Instant } from './instant';
import { epochDayOf, localDateFromEpochDay, type LocalDate } from './local-date';
import { offsetMsAt, offsetSpansOf, type OffsetSpan } from './zone-offset';

export { isZone } from './zone-offset';

const DAY_MS = 86_400_000;

/** The calendar day at an instant in a zone (IANA name). @throws DomainError('invalid_zone'). */
export function localDateOf(instant: Instant, zone: string): LocalDate {
  const ms = instantToMs(instant);
  return localDateFromEpochDay(Math.floor((ms + offsetMsAt(ms, zone)) / DAY_MS));
}

/**
 * The first instant of a calendar day: 00:00, or where the clocks skip midnight the instant after the gap. A day
 * that a zone skipped entirely (Samoa, 30 December 2011) starts and ends at the same instant.
 * @throws DomainError('invalid_zone').
 */
export function startOfLocalDate(date: LocalDate, zone: string): Instant {
  const midnightMs = epochDayOf(date) * DAY_MS;
  let startMs = midnightMs;
  for (const span of spansAround(midnightMs, zone)) {
    startMs = Math.max(span.fromMs, midnightMs - span.offsetMs);
    if (startMs < span.toMs) break;
  }
  return instantFromMs(startMs);
}

/** What the wall clock shows, in milliseconds since its 00:00. @throws DomainError('invalid_zone'). */
export function localTimeMsOf(instant: Instant, zone: string): number {
  const ms = instantToMs(instant);
  const localMs = ms + offsetMsAt(ms, zone);
  return localMs - Math.floor(localMs / DAY_MS) * DAY_MS;
}

/**
 * The instant at which the wall clock shows a time of day, in milliseconds since 00:00. A time that comes twice
 * gives its first instant; one that is skipped (02:30 in spring) is read as if the clocks had not moved (03:30).
 * @throws DomainError('invalid_zone').
 */
export function instantAtLocalTime(date: LocalDate, timeMs: number, zone: string): Instant {
  const localMs = epochDayOf(date) * DAY_MS + timeMs;
  let offsetMs = 0;
  for (const span of spansAround(localMs, zone)) {
    // Past the gap: no span shows this time, so the offset before the gap decides.
    if (localMs - span.offsetMs < span.fromMs) break;
    offsetMs = span.offsetMs;
    if (localMs - span.offsetMs < span.toMs) break;
  }
  return instantFromMs(localMs - offsetMs);
}

/** Three UTC days hold every instant that any offset can give to a local time. */
function spansAround(localMs: number, zone: string): readonly OffsetSpan[] {
  const day = Math.floor(localMs / DAY_MS);
  return [day - 1, day, day + 1].flatMap((each) => offsetSpansOf(each, zone));
}
