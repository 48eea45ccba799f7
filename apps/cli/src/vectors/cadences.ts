import { calendarCadence, type BillingFrequency, type Cadence } from '@ronghe/rating';
import type { Fields } from './fields';

const frequencies: Record<string, BillingFrequency> = {
  DAILY: 'DAILY',
  WEEKLY: 'WEEKLY',
  THIRTY_DAYS: 'THIRTY_DAYS',
  MONTHLY: 'MONTHLY',
  QUARTER: 'QUARTERLY',
  QUARTERLY: 'QUARTERLY',
  HALF_YEAR: 'HALF_YEAR',
  ANNUAL: 'ANNUAL',
};

/** The period's length. */
export function frequencyOf(input: Fields): BillingFrequency {
  const name = input.text('billingPeriod');
  return frequencies[name] ?? input.refuse('billingPeriod', `${name} is not known`);
}

/** The day of the month; what has none is billed by days. */
export function billingDayOf(input: Fields): number {
  return Number(input.textOr('billingDay') ?? '1');
}

/** Where periods begin: by the calendar, or on the days of the subscription. */
export function cadenceOf(input: Fields, anchor: string, around: string, zone = 'UTC'): Cadence {
  const frequency = frequencyOf(input);
  const isCalendar = input.oneOf('alignment', ['anniversary', 'calendar']) === 'calendar';
  const start = input.date(anchor, zone);
  return isCalendar
    ? calendarCadence(input.date(around, zone), frequency)
    : { frequency, anchor: start, day: Number(start.slice(8)) };
}
