import {
  addDays,
  addMonthsClamped,
  dayOfMonth,
  daysBetween,
  daysInMonth,
  ratioOf,
  sumRatios,
  type LocalDate,
  type Ratio,
} from '@ronghe/kernel';

/** Days between two dates when every month has thirty: a 31st counts as the 30th. */
export function daysBetweenByThirty(from: LocalDate, to: LocalDate): number {
  const count = (date: LocalDate) =>
    (Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))) * 30 + Math.min(dayOfMonth(date), 30);
  return count(to) - count(from);
}

/** The share of a month that lies between two dates when every month has thirty days. */
export function shareOfThirty(from: LocalDate, to: LocalDate): Ratio {
  return ratioOf(BigInt(daysBetweenByThirty(from, to)), 30n);
}

/** Months from a day to another that does not belong to them; each day counts as one part of its own month's length. */
export function monthsBetween(from: LocalDate, to: LocalDate): Ratio {
  const parts: Ratio[] = [];
  for (let day = from; day < to;) {
    const nextMonth = addMonthsClamped(day, 1, 1);
    const end = nextMonth < to ? nextMonth : to;
    const length = daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
    parts.push(ratioOf(BigInt(daysBetween(day, end)), BigInt(length)));
    day = end;
  }
  return sumRatios(parts);
}

/** Days of a span whose last day belongs to it. */
export function daysThrough(from: LocalDate, last: LocalDate): number {
  return daysBetween(from, addDays(last, 1));
}
