import {
  addDays,
  addMonthsClamped,
  assertNever,
  daysBetween,
  weekdayOf,
  type LocalDate,
} from '@ronghe/kernel';

/** How often something recurs. */
export type BillingFrequency =
  'DAILY' | 'WEEKLY' | 'THIRTY_DAYS' | 'MONTHLY' | 'QUARTERLY' | 'HALF_YEAR' | 'ANNUAL';

/** The days on which periods begin: every `every`, such that `anchor` is one of them; months clamp to `day`. */
export interface Cadence {
  frequency: BillingFrequency;
  /** A day on which a period begins, before any clamping. */
  anchor: LocalDate;
  /** 1–31; of months only. */
  day: number;
}

/** A span of days; `end` is the first day that does not belong to it. */
export interface DaySpan {
  start: LocalDate;
  end: LocalDate;
}

type Step = { days: number } | { months: number };

function stepOf(frequency: BillingFrequency): Step {
  switch (frequency) {
    case 'DAILY':
      return { days: 1 };
    case 'WEEKLY':
      return { days: 7 };
    case 'THIRTY_DAYS':
      return { days: 30 };
    case 'MONTHLY':
      return { months: 1 };
    case 'QUARTERLY':
      return { months: 3 };
    case 'HALF_YEAR':
      return { months: 6 };
    case 'ANNUAL':
      return { months: 12 };
    default:
      return assertNever(frequency);
  }
}

/**
 * The cadence of something that starts on a day and is billed on a day of the month: the first boundary is the first
 * such day in the month of the start, or a whole period later when that is before the start. By days, `start` begins it.
 */
export function cadenceFrom(start: LocalDate, billingDay: number, frequency: BillingFrequency): Cadence {
  const step = stepOf(frequency);
  if ('days' in step) return { frequency, anchor: start, day: billingDay };
  const inMonth = addMonthsClamped(start, 0, billingDay);
  const anchor = inMonth < start ? addMonthsClamped(inMonth, step.months, billingDay) : inMonth;
  return { frequency, anchor, day: billingDay };
}

/** Calendar weeks (from Monday), months, quarters, half-years and years around a day. Thirty days have no calendar. */
export function calendarCadence(around: LocalDate, frequency: BillingFrequency): Cadence {
  if (frequency === 'WEEKLY') {
    return { frequency, anchor: addDays(around, 1 - weekdayOf(around)), day: 1 };
  }
  const step = stepOf(frequency);
  if ('days' in step) return { frequency, anchor: around, day: 1 };
  const month = Number(around.slice(5, 7)) - 1;
  return { frequency, anchor: addMonthsClamped(around, -(month % step.months), 1), day: 1 };
}

/** The n-th boundary from the anchor (0), earlier when negative. The anchor's day never drifts. SEMANTICS §1. */
export function boundaryAt({ frequency, anchor, day }: Cadence, n: number): LocalDate {
  const step = stepOf(frequency);
  return 'days' in step ? addDays(anchor, n * step.days) : addMonthsClamped(anchor, n * step.months, day);
}

/** The number of the last boundary that is not after a day. */
export function lastBoundaryUpTo(cadence: Cadence, date: LocalDate): number {
  const step = stepOf(cadence.frequency);
  // An estimate from days, then the few steps that clamping may leave.
  const days = 'days' in step ? step.days : step.months * 30.5;
  let n = Math.floor(daysBetween(cadence.anchor, date) / days);
  while (boundaryAt(cadence, n) > date) n -= 1;
  while (boundaryAt(cadence, n + 1) <= date) n += 1;
  return n;
}

/** The period that a day belongs to. */
export function periodAround(cadence: Cadence, date: LocalDate): DaySpan {
  const n = lastBoundaryUpTo(cadence, date);
  return { start: boundaryAt(cadence, n), end: boundaryAt(cadence, n + 1) };
}
