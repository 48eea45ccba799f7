import { DomainError } from './domain-error';

declare const localDate: unique symbol;

/** A calendar day 'YYYY-MM-DD' without a zone; `<` on the text is calendar order. Years 0000–9999. */
export type LocalDate = string & { readonly [localDate]: true };

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-\d{2}$/;
const DAY_MS = 86_400_000;
/** Texts that are kept by epoch day; beyond, the cache starts anew. */
const DATE_LIMIT = 4096;
const dates = new Map<number, LocalDate>();

const FIRST_EPOCH_DAY = Date.parse('0000-01-01') / DAY_MS;
const LAST_EPOCH_DAY = Date.parse('9999-12-31') / DAY_MS;

/** @throws DomainError('invalid_local_date') for another form or a day that the calendar does not have. */
export function parseLocalDate(text: string): LocalDate {
  if (isCalendarDay(text)) return text;
  throw new DomainError('invalid_local_date', 'invalid', 'not a calendar day', { text: text.slice(0, 60) });
}

/** Whether a text is 'YYYY-MM-DD' and the calendar has that day (2026-02-29 does not exist). */
export function isCalendarDay(text: string): text is LocalDate {
  if (!DATE.test(text)) return false;
  const day = Number(text.slice(8));
  return day >= 1 && day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** From year, month 1–12 and day. Errors as parseLocalDate. */
export function localDateFrom(year: number, month: number, day: number): LocalDate {
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  return parseLocalDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

/** The day n days later (earlier when negative). @throws DomainError('invalid_local_date') outside years 0000–9999. */
export function addDays(date: LocalDate, n: number): LocalDate {
  return localDateFromEpochDay(epochDayOf(date) + n);
}

/**
 * n months later (earlier when negative), on the anchor day or, where the month is shorter, on its last day. The
 * anchor is given and not taken from `date`, so 31 Jan → 28 Feb → 31 Mar comes back (SEMANTICS §1).
 * @throws DomainError('invalid_day_of_month') unless the anchor is 1–31.
 */
export function addMonthsClamped(date: LocalDate, n: number, anchorDay: number): LocalDate {
  assertDayOfMonth(anchorDay);
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return localDateFrom(year, month, Math.min(anchorDay, daysInMonth(year, month)));
}

/** Days from a to b: 1 from a day to the next, negative when b is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return epochDayOf(b) - epochDayOf(a);
}

/** @throws DomainError('invalid_day_of_month') unless it is a whole number from 1 to 31. */
export function assertDayOfMonth(day: number): void {
  if (Number.isInteger(day) && day >= 1 && day <= 31) return;
  throw new DomainError('invalid_day_of_month', 'invalid', 'a day of the month is 1 to 31', {
    day: String(day),
  });
}

/** 28–31. Month 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** 1–31. */
export function dayOfMonth(date: LocalDate): number {
  return Number(date.slice(8, 10));
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return ((((epochDayOf(date) + 3) % 7) + 7) % 7) + 1;
}

/** Days since 1970-01-01. */
export function epochDayOf(date: LocalDate): number {
  return Date.parse(date) / DAY_MS;
}

/** The inverse of epochDayOf. @throws DomainError('invalid_local_date') outside years 0000–9999. */
export function localDateFromEpochDay(day: number): LocalDate {
  const known = dates.get(day);
  if (known) return known;
  if (!Number.isInteger(day) || day < FIRST_EPOCH_DAY || day > LAST_EPOCH_DAY) {
    throw new DomainError('invalid_local_date', 'invalid', 'outside the years 0000 to 9999', {
      day: String(day),
    });
  }
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10) as LocalDate;
  if (dates.size >= DATE_LIMIT) dates.clear();
  dates.set(day, date);
  return date;
}
