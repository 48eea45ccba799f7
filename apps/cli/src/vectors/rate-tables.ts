import { ratioFromDecimal, zeroRatio } from '@ronghe/kernel';
import type { RateEntry, RateStep } from './terms/rate-table';
import type { Fields } from './fields';

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The entries of a tariff: each with a rate in steps, a package price, or several of them by band. */
export function entriesOf(tariff: Fields): NamedEntry[] {
  return tariff.objects('entries').flatMap((entry) => {
    const days = entry.list('days').map((name) => weekdayNames.indexOf(String(name)) + 1);
    const base = {
      prefixes: entry.list('prefixes').map(String),
      weekdays: days.length === 0 ? null : days,
      months: numbersOf(entry, 'months'),
      monthDays: numbersOf(entry, 'monthDays'),
      fromTimeMs: timeOf(entry.textOr('fromTime')),
      weight: Number(entry.textOr('weight') ?? '0'),
      maximum: entry.decimalOr('maxCost'),
      label: entry.textOr('label'),
    };
    if (entry.has('maxCostStrategy')) entry.oneOf('maxCostStrategy', ['rest_free']);
    const entries = entry.has('bands')
      ? entry.objects('bands').flatMap((band) => bandOf(base, band))
      : [{ ...base, ...rateOf(entry) }];
    entry.finish();
    return entries;
  });
}

/** An entry with its name in the vector. */
export interface NamedEntry extends RateEntry {
  label: string | null;
}

type Base = Omit<NamedEntry, 'connectFee' | 'steps'>;

/** A band over midnight is one to the day's end and one from its beginning. */
function bandOf(base: Base, band: Fields): NamedEntry[] {
  const prefixes = band.has('prefixes') ? band.list('prefixes').map(String) : base.prefixes;
  const rate = { ...base, prefixes, ...rateOf(band) };
  const [from, to] = [band.textOr('fromTime'), band.textOr('toTime')];
  // What an allowance is pinned to, the allowance says too.
  band.skip('pinnedAllowance').finish();
  const entry = { ...rate, fromTimeMs: from === null ? base.fromTimeMs : timeOf(from) };
  return from !== null && to !== null && timeOf(to) < timeOf(from)
    ? [entry, { ...rate, fromTimeMs: 0 }]
    : [entry];
}

/** A connect fee and steps; a package price is one step that is counted in whole packages. */
export function rateOf(fields: Fields): Pick<RateEntry, 'connectFee' | 'steps'> {
  if (fields.has('packagePrice')) {
    const size = fields.whole('packageSize');
    const price = fields.decimal('packagePrice');
    return { connectFee: zeroRatio, steps: [{ from: 0n, price, perUnits: size, increment: size }] };
  }
  const rate = fields.object('rate');
  const connectFee = rate.decimalOr('connectFee') ?? zeroRatio;
  const steps = rate.objects('steps').map(stepOf);
  rate.finish();
  return { connectFee, steps };
}

function stepOf(fields: Fields): RateStep {
  const step = {
    from: fields.whole('from', 0n),
    price: ratioFromDecimal(fields.text('price')),
    perUnits: fields.whole('perUnits', 1n),
    increment: fields.whole('increment', 1n),
  };
  fields.finish();
  return step;
}

function numbersOf(fields: Fields, name: string): number[] | null {
  const list = fields.list(name).map(Number);
  return list.length === 0 ? null : list;
}

/** `08:00`, `08:00:00` in milliseconds; null: midnight. */
export function timeOf(text: string | null): number {
  const [hours = 0, minutes = 0, seconds = 0] = (text ?? '').split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
