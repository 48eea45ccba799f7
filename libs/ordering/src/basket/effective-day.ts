import {
  addDays,
  billPeriodAt,
  localDateOf,
  nextBillPeriod,
  startOfLocalDate,
  type BillCycle,
  type Instant,
  type LocalDate,
} from '@ronghe/kernel';
import { orderingError } from '../ordering.errors';

/** How far ahead an order may be placed. */
export const AHEAD_DAYS_MAXIMUM = 366;

/** When an order shall count, and what bounds that. */
export interface DayWish {
  /** Null: as soon as it is done, or for a change of plan as the offer says. */
  effectiveOn: LocalDate | null;
  backdateReason: string | null;
  now: Instant;
  cycle: BillCycle;
  /** How many days back an order may count. */
  backdateDays: number;
}

/**
 * From which instant a sale or a termination counts: the start of the day that is wished; null: when it is done. A wish
 * for today is none.
 * @throws DomainError effective_day_invalid, backdate_reason_missing, backdate_too_far
 */
export function effectiveInstant(wish: DayWish): Instant | null {
  const { effectiveOn, now, cycle } = wish;
  if (effectiveOn === null || effectiveOn === localDateOf(now, cycle.zone)) return null;
  return startOfDay(effectiveOn, wish);
}

/**
 * From which instant other terms count: a change at once from the start of today or of the day that is wished, one for the
 * next period from the start of that one or, where a day is wished, of the period that begins on it.
 * @throws DomainError effective_day_invalid, backdate_reason_missing, backdate_too_far
 */
export function changeInstant(wish: DayWish, takesEffect: 'next-period' | 'at-once'): Instant {
  const { effectiveOn, now, cycle } = wish;
  const present = billPeriodAt(now, cycle);
  const today = localDateOf(now, cycle.zone);
  if (effectiveOn === null) {
    return takesEffect === 'at-once'
      ? startOfLocalDate(today, cycle.zone)
      : nextBillPeriod(present, cycle).from;
  }
  const at = startOfDay(effectiveOn, wish);
  const isPeriodStart = billPeriodAt(at, cycle).from === at;
  if (takesEffect === 'next-period' && (!isPeriodStart || effectiveOn === today)) {
    const nextPossible = nextBillPeriod(present, cycle).firstDay;
    throw orderingError('effective_day_invalid', { effectiveOn, takesEffect, nextPossible });
  }
  return at;
}

function startOfDay(
  day: LocalDate,
  { now, cycle, backdateDays, backdateReason }: DayWish & { effectiveOn: LocalDate | null },
): Instant {
  const today = localDateOf(now, cycle.zone);
  if (day > addDays(today, AHEAD_DAYS_MAXIMUM)) {
    throw orderingError('effective_day_invalid', { effectiveOn: day, aheadDays: AHEAD_DAYS_MAXIMUM });
  }
  if (day < today) {
    const earliest = addDays(today, -backdateDays);
    if (day < earliest) throw orderingError('backdate_too_far', { effectiveOn: day, earliest });
    if (!backdateReason?.trim()) throw orderingError('backdate_reason_missing', { effectiveOn: day });
  }
  return startOfLocalDate(day, cycle.zone);
}
