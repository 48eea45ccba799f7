import {
  addDays,
  localDateOf,
  startOfLocalDate,
  type BillCycle,
  type BillPeriod,
  type Instant,
  type LocalDate,
} from '@ronghe/kernel';

/** The last local day to pay: `dueDays` after the last day of the period, or after the issue where the bill came late. */
export function lastDayToPay(
  period: BillPeriod,
  issuedAt: Instant,
  dueDays: number,
  cycle: BillCycle,
): LocalDate {
  const regular = addDays(period.endDay, dueDays - 1);
  const issued = localDateOf(issuedAt, cycle.zone);
  return regular > issued ? regular : addDays(issued, dueDays);
}

/** First instant at which a bill is late: the start of the day after the last day to pay. */
export function dueInstant(
  period: BillPeriod,
  issuedAt: Instant,
  dueDays: number,
  cycle: BillCycle,
): Instant {
  return startOfLocalDate(addDays(lastDayToPay(period, issuedAt, dueDays, cycle), 1), cycle.zone);
}
