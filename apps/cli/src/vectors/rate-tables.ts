import type { UsagePrice, UsageRate } from '@ronghe/contracts';
import type { Fields } from './fields';

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Days on which an entry holds: ISO weekdays, months, days of the month; null: all. */
export interface DaySelector {
  weekdays: readonly number[] | null;
  months: readonly number[] | null;
  monthDays: readonly number[] | null;
}

/** What usage to some destinations costs at some times, as a vector says it. */
export interface RateEntry {
  /** Beginnings of destinations; empty: all. */
  prefixes: readonly string[];
  /** Null: every day. */
  days: DaySelector | null;
  /** Holds from this time of day, in minutes, to the next entry of the day, and no longer than `until`. */
  from: number;
  until: number | null;
  /** Higher wins over whatever begins later in the day (a holiday over its weekday). */
  weight: number;
  /** As a document of the catalog has it. */
  rate: Rate;
  /** Its name in the vector. */
  label: string | null;
}

/** A rate without where and when it holds. */
export type Rate = Omit<UsageRate, 'zone' | 'band'>;

/** How a price of an event is rounded; null: exact. */
export type RoundEvent = UsagePrice['roundEvent'];

/** A tariff may round an event's price: once, at the end. */
export function roundingOf(tariff: Fields): RoundEvent {
  if (!tariff.has('rounding')) return null;
  const rounding = tariff.object('rounding');
  const mode = rounding.oneOf('mode', ['half_up', 'up']);
  const decimals = Number(rounding.whole('scale'));
  rounding.finish();
  return { decimals, mode: mode === 'up' ? 'up' : 'half-away-from-zero' };
}

/** The entries of a tariff: each with a rate in steps, a package price, or several of them by band. */
export function entriesOf(tariff: Fields): RateEntry[] {
  return tariff.objects('entries').flatMap((entry) => {
    const days = entry.list('days').map((name) => weekdayNames.indexOf(String(name)) + 1);
    const selector = {
      weekdays: days.length === 0 ? null : days,
      months: numbersOf(entry, 'months'),
      monthDays: numbersOf(entry, 'monthDays'),
    };
    const base = {
      prefixes: prefixesOf(entry, 'prefixes'),
      days: Object.values(selector).every((list) => list === null) ? null : selector,
      from: minutesOf(entry, entry.textOr('fromTime')),
      until: null,
      weight: Number(entry.textOr('weight') ?? '0'),
      label: entry.textOr('label'),
    };
    const maximum = entry.textOr('maxCost');
    if (entry.has('maxCostStrategy')) entry.oneOf('maxCostStrategy', ['rest_free']);
    const entries = entry.has('bands')
      ? entry.objects('bands').flatMap((band) => bandOf(base, band, maximum))
      : [{ ...base, rate: rateOf(entry, maximum) }];
    entry.finish();
    return entries;
  });
}

/** A band over midnight is one to the day's end and one from its beginning. */
function bandOf(base: Omit<RateEntry, 'rate'>, band: Fields, maximum: string | null): RateEntry[] {
  const prefixes = band.has('prefixes') ? prefixesOf(band, 'prefixes') : base.prefixes;
  const [from, to] = [band.textOr('fromTime'), band.textOr('toTime')];
  const begin = from === null ? base.from : minutesOf(band, from);
  const end = to === null ? null : minutesOf(band, to);
  const entry = { ...base, prefixes, from: begin, until: end, rate: rateOf(band, maximum) };
  // What an allowance is pinned to, the allowance says too.
  band.skip('pinnedAllowance').finish();
  return end !== null && end <= begin
    ? [
        { ...entry, until: null },
        { ...entry, from: 0 },
      ]
    : [entry];
}

/** A connect fee and steps; a package price is one step that is counted in whole packages. */
function rateOf(fields: Fields, maximumPerEvent: string | null): Rate {
  if (fields.has('packagePrice')) {
    const size = String(fields.whole('packageSize'));
    const price = { amount: fields.text('packagePrice'), per: size };
    return { connectFee: null, steps: [{ from: '0', price, increment: size }], maximumPerEvent };
  }
  const rate = fields.object('rate');
  const connectFee = rate.textOr('connectFee');
  const steps = rate.objects('steps').map(stepOf);
  rate.finish();
  return { connectFee, steps, maximumPerEvent };
}

function stepOf(fields: Fields): Rate['steps'][number] {
  const step = {
    from: String(fields.whole('from', 0n)),
    price: { amount: fields.text('price'), per: String(fields.whole('perUnits', 1n)) },
    increment: String(fields.whole('increment', 1n)),
  };
  fields.finish();
  return step;
}

function numbersOf(fields: Fields, name: string): number[] | null {
  const list = fields.list(name).map(Number);
  return list.length === 0 ? null : list;
}

/** Beginnings of numbers as zone plans have them. */
export function prefixesOf(fields: Fields, name: string): string[] {
  return fields.list(name).map((prefix) => digitsOf(fields, name, String(prefix)));
}

/** A number as zone plans have it: digits with their country, without a plus. */
export function digitsOf(fields: Fields, name: string, number: string): string {
  const digits = number.replace(/^\+/, '');
  return /^\d*$/.test(digits) ? digits : fields.refuse(name, `${number} is no number`);
}

/** `08:00`, `08:00:00` in minutes; null: midnight. Bands of calendars begin with a minute. */
export function minutesOf(fields: Fields, text: string | null): number {
  const [hours = 0, minutes = 0, seconds = 0] = (text ?? '').split(':').map(Number);
  if (seconds !== 0) fields.refuse('fromTime', `${text} is within a minute`);
  return hours * 60 + minutes;
}
