import { DomainError } from './domain-error';
import { isCalendarDay } from './local-date';

declare const instant: unique symbol;

/** 'YYYY-MM-DDTHH:mm:ss.sssZ': UTC, always 24 characters, so that `<` on the text is `<` in time. Years 0000–9999. */
export type Instant = string & { readonly [instant]: true };

const OWN_FORM = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const ISO =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):?(?:[0-5]\d)?)$/i;
const MINIMUM_MS = Date.parse('0000-01-01T00:00:00.000Z');
const MAXIMUM_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads an ISO 8601 date and time with any UTC offset; a text without an offset names no instant and is refused.
 * Digits beyond milliseconds are cut off.
 * @throws DomainError('invalid_instant'), also for days that the calendar does not have.
 */
export function instantFromIso(text: string): Instant {
  if (OWN_FORM.test(text) && isCalendarDay(text.slice(0, 10))) return text as Instant;
  const match = ISO.exec(text);
  const [, date = '', hour = '', minute = '', second = '00', fraction = '', offset = ''] = match ?? [];
  if (!match || !isCalendarDay(date)) {
    throw new DomainError('invalid_instant', 'invalid', 'not a date and time with an offset', {
      text: text.slice(0, 60),
    });
  }
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const ms = seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return instantFromMs(Date.parse(date) + ms - offsetMs(offset));
}

/** @throws DomainError('invalid_instant') for an invalid Date or a year outside 0000–9999. */
export function instantFromDate(date: Date): Instant {
  return instantFromMs(date.getTime());
}

/** A Date of the same millisecond. */
export function instantToDate(value: Instant): Date {
  return new Date(value);
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function instantToMs(value: Instant): number {
  return Date.parse(value);
}

/** From milliseconds since 1970-01-01T00:00:00Z. @throws DomainError('invalid_instant') outside years 0000–9999. */
export function instantFromMs(ms: number): Instant {
  if (!Number.isSafeInteger(ms) || ms < MINIMUM_MS || ms > MAXIMUM_MS) {
    throw new DomainError(
      'invalid_instant',
      'invalid',
      'outside the years 0000 to 9999, or not whole milliseconds',
      {
        ms: String(ms),
      },
    );
  }
  return new Date(ms).toISOString() as Instant;
}

/** The instant `ms` milliseconds later (earlier when negative). Errors as instantFromMs. */
export function addMs(value: Instant, ms: number): Instant {
  return instantFromMs(instantToMs(value) + ms);
}

/** The earlier one. */
export function minInstant(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

/** The later one. */
export function maxInstant(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

function offsetMs(text: string): number {
  if (text === 'Z' || text === 'z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || '0');
  return (text.startsWith('-') ? -minutes : minutes) * 60_000;
}
