import { daysBetween, ratioOf, type LocalDate, type Ratio } from '@ronghe/kernel';
import { boundaryAt, cadenceFrom, type BillingFrequency, type DaySpan } from './cadence';

/** A subscription as far as its recurring items go. */
export interface RecurringService {
  start: LocalDate;
  /** First day without it; null: open. */
  end: LocalDate | null;
  /** 1–31. */
  billingDay: number;
  frequency: BillingFrequency;
  mode: 'in_advance' | 'in_arrears';
}

/** One item: a whole period, or the part of one, with its share of the price. */
export interface RecurringItem extends DaySpan {
  /** days ÷ days of the period that it is a part of; 1 for a whole one. */
  share: Ratio;
  isWhole: boolean;
}

/**
 * All items of a service that are due up to and on a day: in advance those that have begun by then, in arrears those
 * that have ended. The part before the first billing day is a share of the period that ends there. SEMANTICS §6.
 */
export function recurringItems(service: RecurringService, target: LocalDate): RecurringItem[] {
  const { start, end } = service;
  const cadence = cadenceFrom(start, service.billingDay, service.frequency);
  const items: RecurringItem[] = [];
  if (end !== null && end <= start) return items;
  for (let n = -1; ; n += 1) {
    const period: DaySpan = { start: boundaryAt(cadence, n), end: boundaryAt(cadence, n + 1) };
    const item: DaySpan = {
      start: period.start < start ? start : period.start,
      end: end !== null && end < period.end ? end : period.end,
    };
    if (item.start < item.end) {
      const due = service.mode === 'in_advance' ? item.start : item.end;
      if (due > target) return items;
      items.push(shareOfPeriod(item, period));
    }
    if ((end !== null && period.end >= end) || period.start > target) return items;
  }
}

/** The first day that no item up to the target covers; the start when there is none. */
export function billedThrough(service: RecurringService, target: LocalDate): LocalDate {
  return recurringItems(service, target).at(-1)?.end ?? service.start;
}

/** Whole periods that lie between a start and a day, from one billing day to the next. */
export function elapsedCycles(
  start: LocalDate,
  billingDay: number,
  frequency: BillingFrequency,
  target: LocalDate,
): number {
  const service: RecurringService = { start, end: null, billingDay, frequency, mode: 'in_arrears' };
  return recurringItems(service, target).length;
}

/** The period that an invoice in advance of a day bills: to the next billing day. */
export function advancePeriod(invoiced: LocalDate, billingDay: number, frequency: BillingFrequency): DaySpan {
  const cadence = cadenceFrom(invoiced, billingDay, frequency);
  return { start: invoiced, end: boundaryAt(cadence, cadence.anchor === invoiced ? 1 : 0) };
}

/** The period that an invoice in arrears of a day bills: since the billing day before, or since the service began. */
export function arrearsPeriod(
  invoiced: LocalDate,
  serviceStart: LocalDate,
  billingDay: number,
  frequency: BillingFrequency,
): DaySpan {
  const before = boundaryAt({ frequency, anchor: invoiced, day: billingDay }, -1);
  return { start: before < serviceStart ? serviceStart : before, end: invoiced };
}

function shareOfPeriod(item: DaySpan, period: DaySpan): RecurringItem {
  const days = daysBetween(item.start, item.end);
  const ofDays = daysBetween(period.start, period.end);
  return { ...item, share: ratioOf(BigInt(days), BigInt(ofDays)), isWhole: days === ofDays };
}
