import type { PartPeriodRule } from '@ronghe/contracts';
import { daysBetween, overlap, type BillPeriod, type LocalDate, type Period } from '@ronghe/kernel';
import { daysTouched, type DayRange } from './holding';

export interface PartPeriodRules {
  firstPeriod: PartPeriodRule;
  lastPeriod: PartPeriodRule;
  prorateBy: 'days-of-period' | 'fixed-30';
}

/** Days that count of a period: `days` ÷ `ofDays` of the whole. */
export interface PeriodShare {
  days: number;
  ofDays: number;
}

/**
 * The days of a bill period that are charged (or granted) for something active in `active`; null when none.
 * A first or last period that is `full` counts from its first or to its last day, one that is `none` not at all.
 * Source: SEMANTICS §6.
 */
export function chargedDays(
  active: Period,
  rules: PartPeriodRules,
  period: BillPeriod,
  zone: string,
): DayRange | null {
  const part = overlap(active, period);
  if (!part) return null;
  const days = daysTouched(part, zone);
  const startsHere = active.from > period.from;
  const endsHere = active.to < period.to;
  if ((startsHere && rules.firstPeriod === 'none') || (endsHere && rules.lastPeriod === 'none')) return null;
  const from = startsHere && rules.firstPeriod === 'prorate' ? days.from : period.firstDay;
  const to = endsHere && rules.lastPeriod === 'prorate' ? days.to : period.endDay;
  return { from, to };
}

/** The share of days in a period, of the period's days or of a fixed 30 (never more than the whole). */
export function shareOf(days: number, rules: PartPeriodRules, period: BillPeriod): PeriodShare {
  const ofDays = rules.prorateBy === 'fixed-30' ? 30 : period.days;
  return { days: days === period.days ? ofDays : Math.min(days, ofDays), ofDays };
}

/** The days that two ranges share; null when none. */
export function sharedRange(a: DayRange, b: DayRange): DayRange | null {
  const from: LocalDate = a.from > b.from ? a.from : b.from;
  const to: LocalDate = a.to < b.to ? a.to : b.to;
  return from < to ? { from, to } : null;
}

/** How many days two ranges share. */
export function sharedDays(a: DayRange, b: DayRange): number {
  const shared = sharedRange(a, b);
  return shared ? daysBetween(shared.from, shared.to) : 0;
}

/** quantity × days ÷ ofDays, rounded up to a multiple of wholeUnits, but never more than the whole quantity. */
export function roundUpShare(quantity: bigint, days: bigint, ofDays: bigint, wholeUnits: bigint): bigint {
  const divisor = ofDays * wholeUnits;
  const share = ((quantity * days + divisor - 1n) / divisor) * wholeUnits;
  return share < quantity ? share : quantity;
}
