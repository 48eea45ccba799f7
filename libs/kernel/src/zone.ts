import { Temporal } from 'temporal-polyfill';
import { DomainError } from './domain-error';
import { instantFromMs, instantToMs, type Instant } from './instant';
import { localDateFromEpochDay, type LocalDate } from './local-date';

/** A stretch of time in which a zone keeps one UTC offset; half-open, in epoch milliseconds. */
interface OffsetSpan {
  fromMs: number;
  toMs: number;
  offsetMs: number;
}

interface ZoneCache {
  spans: OffsetSpan[];
  starts: Map<LocalDate, Instant>;
}

const DAY_MS = 86_400_000;
/** Zones and day starts kept; beyond, the cache starts anew (a process bills in a handful of zones). */
const ZONE_LIMIT = 64;
const START_LIMIT = 4096;

const zones = new Map<string, ZoneCache>();

/** The calendar day at an instant in a zone (IANA name). @throws DomainError('invalid_zone'). */
export function localDateOf(instant: Instant, zone: string): LocalDate {
  const ms = instantToMs(instant);
  return localDateFromEpochDay(Math.floor((ms + offsetAt(ms, zone)) / DAY_MS));
}

/**
 * The first instant of a calendar day: 00:00, or where the clocks skip midnight the instant after the gap. A day
 * that a zone skipped entirely (Samoa, 30 December 2011) starts and ends at the same instant.
 * @throws DomainError('invalid_zone').
 */
export function startOfLocalDate(date: LocalDate, zone: string): Instant {
  const { starts } = cacheOf(zone);
  const known = starts.get(date);
  if (known) return known;
  const start = instantFromMs(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
  if (starts.size >= START_LIMIT) starts.clear();
  starts.set(date, start);
  return start;
}

/** What the wall clock shows, in milliseconds since its 00:00. @throws DomainError('invalid_zone'). */
export function localTimeMsOf(instant: Instant, zone: string): number {
  const ms = instantToMs(instant);
  const local = ms + offsetAt(ms, zone);
  return local - Math.floor(local / DAY_MS) * DAY_MS;
}

/**
 * The instant at which the wall clock shows a time, in milliseconds since 00:00 of the day (up to 24 hours). A time
 * that is skipped gives as much after the gap, one that comes twice its first.
 * @throws DomainError('invalid_zone').
 */
export function instantAtLocalTime(date: LocalDate, timeMs: number, zone: string): Instant {
  cacheOf(zone);
  const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ milliseconds: timeMs });
  return instantFromMs(wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** Whether the process knows the zone. */
export function isZone(zone: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, zone);
    return true;
  } catch {
    return false;
  }
}

/** Local time − UTC, in milliseconds. */
function offsetAt(ms: number, zone: string): number {
  const { spans } = cacheOf(zone);
  // Newest first: usage and bills look at the current half year nearly always.
  for (let index = spans.length - 1; index >= 0; index -= 1) {
    const span = spans[index];
    if (span && ms >= span.fromMs && ms < span.toMs) return span.offsetMs;
  }
  const span = spanAt(ms, zone);
  spans.push(span);
  return span.offsetMs;
}

function spanAt(ms: number, zone: string): OffsetSpan {
  const moment = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  // "previous" looks strictly before, hence the step of one millisecond: a transition at `ms` starts this span.
  const previous = moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const next = moment.getTimeZoneTransition('next');
  return {
    fromMs: previous?.epochMilliseconds ?? -Infinity,
    toMs: next?.epochMilliseconds ?? Infinity,
    offsetMs: moment.offsetNanoseconds / 1_000_000,
  };
}

function cacheOf(zone: string): ZoneCache {
  const known = zones.get(zone);
  if (known) return known;
  if (!isZone(zone)) throw new DomainError('invalid_zone', 'invalid', 'not a known time zone', { zone: zone.slice(0, 60) });
  if (zones.size >= ZONE_LIMIT) zones.clear();
  const fresh: ZoneCache = { spans: [], starts: new Map() };
  zones.set(zone, fresh);
  return fresh;
}
