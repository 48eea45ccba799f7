import fc from 'fast-check';
import { addDays, parseLocalDate, ratioOf, type LocalDate } from '@ronghe/kernel';
import {
  arrearsPeriod,
  advancePeriod,
  boundaryAt,
  cadenceFrom,
  calendarCadence,
  cappedCredit,
  daysBetweenByThirty,
  monthsBetween,
  periodAround,
  recurringItems,
  shareLeft,
  type BillingFrequency,
  type RecurringService,
} from './index';

const date = parseLocalDate;
const span = (start: string, end: string) => ({ start: date(start), end: date(end) });
const service = (more: Partial<RecurringService>): RecurringService => ({
  start: date('2026-01-31'),
  end: null,
  billingDay: 31,
  frequency: 'MONTHLY',
  mode: 'in_advance',
  ...more,
});

it('comes back to its day after a short month', () => {
  const starts = recurringItems(service({}), date('2026-05-01')).map(({ start }) => start);
  expect(starts).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
});

it('shares the part before the first billing day of the period that ends there', () => {
  const [first] = recurringItems(service({ start: date('2026-02-20'), billingDay: 1 }), date('2026-02-20'));
  expect(first).toMatchObject({ end: '2026-03-01', share: ratioOf(9n, 28n), isWhole: false });
});

it('bills in arrears what has ended, in advance what has begun', () => {
  const ends = (mode: RecurringService['mode']) =>
    recurringItems(service({ mode, end: date('2026-03-05') }), date('2026-03-04')).map(({ end }) => end);
  expect(ends('in_advance')).toEqual(['2026-02-28', '2026-03-05']);
  expect(ends('in_arrears')).toEqual(['2026-02-28']);
});

const frequencies: BillingFrequency[] = [
  'WEEKLY',
  'THIRTY_DAYS',
  'MONTHLY',
  'QUARTERLY',
  'HALF_YEAR',
  'ANNUAL',
];
const days = fc.integer({ min: 0, max: 4000 }).map((n): LocalDate => addDays(date('2020-01-01'), n));

it('covers every day from start to end once', () => {
  fc.assert(
    fc.property(
      days,
      fc.integer({ min: 1, max: 800 }),
      fc.integer({ min: 1, max: 31 }),
      fc.constantFrom(...frequencies),
      (start, length, billingDay, frequency) => {
        const end = addDays(start, length);
        const items = recurringItems({ start, end, billingDay, frequency, mode: 'in_arrears' }, end);
        expect(items[0]?.start).toBe(start);
        expect(items.at(-1)?.end).toBe(end);
        items.slice(1).forEach((item, index) => expect(item.start).toBe(items[index]?.end));
      },
    ),
  );
});

it('finds the period around a day', () => {
  fc.assert(
    fc.property(days, days, fc.integer({ min: 1, max: 31 }), (start, day, billingDay) => {
      const { start: from, end } = periodAround(cadenceFrom(start, billingDay, 'QUARTERLY'), day);
      expect(from <= day && day < end).toBe(true);
    }),
  );
});

it('knows the calendar', () => {
  const next = (frequency: BillingFrequency) => boundaryAt(calendarCadence(date('2026-08-13'), frequency), 1);
  expect(
    ['DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEAR', 'ANNUAL'].map((f) =>
      next(f as BillingFrequency),
    ),
  ).toEqual(['2026-08-14', '2026-08-17', '2026-09-01', '2026-10-01', '2027-01-01', '2027-01-01']);
});

it('invoices to the next billing day, or since the one before', () => {
  expect(advancePeriod(date('2026-02-28'), 31, 'MONTHLY')).toEqual(span('2026-02-28', '2026-03-31'));
  expect(advancePeriod(date('2026-02-10'), 31, 'MONTHLY')).toEqual(span('2026-02-10', '2026-02-28'));
  expect(arrearsPeriod(date('2026-03-31'), date('2026-01-01'), 31, 'MONTHLY')).toEqual(
    span('2026-02-28', '2026-03-31'),
  );
});

it('counts days and months', () => {
  expect(daysBetweenByThirty(date('2026-01-31'), date('2026-03-01'))).toBe(31);
  expect(monthsBetween(date('2026-01-31'), date('2026-03-01'))).toEqual(ratioOf(32n, 31n));
  expect(shareLeft(span('2026-01-01', '2026-01-31'), date('2026-01-31'))).toEqual(ratioOf(0n));
  expect(shareLeft(span('2026-01-01', '2026-01-31'), date('2026-01-16'))).toEqual(ratioOf(1n, 2n));
});

it('credits no more than what was paid and is left', () => {
  const [hundred, two, one] = [ratioOf(100n), ratioOf(2n), ratioOf(1n)];
  expect(cappedCredit(hundred, two, one)).toEqual(one);
  expect(cappedCredit(hundred, one, two)).toEqual(ratioOf(0n));
});
