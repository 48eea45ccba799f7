import {
  daysBetween,
  maxRatio,
  minRatio,
  multiplyRatios,
  ratioOf,
  roundRatio,
  subtractRatios,
  zeroRatio,
  type LocalDate,
  type Ratio,
} from '@ronghe/kernel';
import type { DaySpan } from './cadence';

/**
 * The share of a period that is left on a day, which belongs to it: the day of a change is charged at the new price.
 * 0 from the period's end on, 1 up to its start.
 */
export function shareLeft(period: DaySpan, date: LocalDate): Ratio {
  const from = date < period.start ? period.start : date;
  if (from >= period.end) return zeroRatio;
  return ratioOf(BigInt(daysBetween(from, period.end)), BigInt(daysBetween(period.start, period.end)));
}

/** A price for what is left of a period, rounded for its line. */
export function restOfPrice(price: Ratio, share: Ratio, decimals: number): Ratio {
  return roundRatio(multiplyRatios(price, share), decimals);
}

/** A credit is never more than what was paid and has not been credited yet, and never negative. SEMANTICS §7. */
export function cappedCredit(wanted: Ratio, paid: Ratio, creditedBefore: Ratio): Ratio {
  return maxRatio(minRatio(wanted, subtractRatios(paid, creditedBefore)), zeroRatio);
}
