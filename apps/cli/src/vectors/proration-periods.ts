import {
  addDays,
  addMs,
  daysBetween,
  instantFromIso,
  localDateOf,
  ratioOf,
  startOfLocalDate,
  sumRatios,
} from '@ronghe/kernel';
import {
  advancePeriod,
  arrearsPeriod,
  billedThrough,
  boundaryAt,
  cadenceFrom,
  calendarCadence,
  cappedCredit,
  daysBetweenByThirty,
  daysThrough,
  elapsedCycles,
  periodAround,
  recurringItems,
  type RecurringService,
} from '@ronghe/rating';
import { billingDayOf, cadenceOf, frequencyOf } from './cadences';
import { compare, type Figure } from './compare';
import type { Fields } from './fields';
import { NotApplicable, type Outcome } from './outcome';
import { planChange } from './plan-change';
import { prorationFactor, terminationCharge } from './proration';

type Answer = { [name: string]: Figure };

const kinds: Record<string, (input: Fields, vector: Fields) => Answer> = {
  recurring_in_advance_number_of_periods: numberOfPeriods,
  whole_periods: numberOfPeriods,
  recurring_item_periods: (input) => ({
    items: recurringItems(serviceOf(input), input.date('invoiceTargetDate')).map(({ start, end }) => ({
      start,
      end,
    })),
  }),
  billed_through: (input) => ({
    billedThrough: billedThrough(serviceOf(input), input.date('invoiceTargetDate')),
  }),
  first_billing_date: (input) => ({
    firstBillingDate: cadenceFrom(input.date('start'), billingDayOf(input), frequencyOf(input)).anchor,
  }),
  proration_factor: prorationFactor,
  days_between: daysBetweenOf,
  local_days_between: (input) => {
    const zone = input.text('timezone');
    const dayAt = (name: string) => localDateOf(instantFromIso(input.text(name)), zone);
    return { days: daysBetween(dayAt('from'), dayAt('to')) };
  },
  mid_period_change: planChange,
  credit_cap: (input) => ({
    credit: cappedCredit(
      input.decimal('potentialCredit'),
      input.decimal('amountPaid'),
      input.decimal('creditsAlreadyIssued'),
    ),
  }),
  calendar_anchor: calendarAnchor,
  advance_period: (input) => {
    // The first period begins on the day of its invoice like every other.
    const { start, end } = advancePeriod(
      input.skip('firstPeriod').date('invoiceDate'),
      billingDayOf(input),
      frequencyOf(input),
    );
    return { start, end };
  },
  arrears_period: (input) => {
    const [invoiced, begun] = [input.date('invoiceDate'), input.date('serviceStart')];
    const { start, end } = arrearsPeriod(invoiced, begun, billingDayOf(input), frequencyOf(input));
    return { start, end };
  },
  elapsed_cycles: (input) => ({
    cycles: elapsedCycles(input.date('start'), billingDayOf(input), frequencyOf(input), input.date('target')),
  }),
  billed_period_bounds: billedPeriodBounds,
  termination_proration: terminationCharge,
};

/** `proration_periods.json`: one vector, by its `kind`. */
export function replayProration(vector: Fields): Outcome {
  const kind = vector.text('kind');
  const input = vector.object('input');
  const work = kinds[kind];
  if (!work) throw new NotApplicable(`kind ${kind} is not known`);
  const answer = work(input, vector);
  input.finish();
  return compare(answer, vector.take('expected'));
}

function serviceOf(input: Fields): RecurringService {
  return {
    start: input.date('start'),
    end: input.has('end') ? input.date('end') : null,
    billingDay: billingDayOf(input),
    frequency: frequencyOf(input),
    mode: input.has('mode') ? input.oneOf('mode', ['in_advance', 'in_arrears']) : 'in_advance',
  };
}

function numberOfPeriods(input: Fields): Answer {
  const items = recurringItems(serviceOf(input), input.date('invoiceTargetDate'));
  const parts = items.filter(({ isWhole }) => !isWhole).map(({ share }) => share);
  const wholePeriods = items.length - parts.length;
  return { wholePeriods, fractions: parts, total: sumRatios([ratioOf(BigInt(wholePeriods)), ...parts]) };
}

function daysBetweenOf(input: Fields): Answer {
  const [from, to] = [input.date('from'), input.date('to')];
  switch (input.textOr('convention')) {
    case 'fixed_30_days':
      return { days: daysBetweenByThirty(from, to) };
    case null:
    case 'actual':
      return { days: daysBetween(from, to) };
    case 'inclusive':
      return { days: daysThrough(from, to) };
    default:
      return input.refuse('convention', 'is not known');
  }
}

function calendarAnchor(input: Fields): Answer {
  const zone = input.text('timezone');
  if (input.has('weekStartsOn') && input.text('weekStartsOn') !== 'Monday') {
    input.refuse('weekStartsOn', 'is not Monday');
  }
  const day = localDateOf(instantFromIso(input.text('start')), zone);
  const boundary = startOfLocalDate(boundaryAt(calendarCadence(day, frequencyOf(input)), 1), zone);
  return { nextBoundary: boundary.replace('.000Z', 'Z') };
}

/** Ours are half-open; the published end is the last second within. */
function billedPeriodBounds(input: Fields): Answer {
  const zone = input.text('timezone');
  const mode = input.oneOf('mode', ['in_advance', 'in_arrears']);
  const anchor = input.has('subscriptionAt') ? 'subscriptionAt' : 'subscriptionStart';
  const began = input.date('subscriptionStart', zone);
  const cadence = cadenceOf(input, anchor, 'billingAt', zone);
  const current = periodAround(cadence, input.date('billingAt', zone));
  const period = mode === 'in_advance' ? current : periodAround(cadence, addDays(current.start, -1));
  const from = period.start < began ? began : period.start;
  return {
    from: startOfLocalDate(from, zone).replace('.000Z', 'Z'),
    to: addMs(startOfLocalDate(period.end, zone), -1000).replace('.000Z', 'Z'),
  };
}
