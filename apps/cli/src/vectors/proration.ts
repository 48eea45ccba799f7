import { daysBetween, ratioOf, roundRatio } from '@ronghe/kernel';
import { daysBetweenByThirty, daysThrough, periodAround, restOfPrice, shareOfThirty } from '@ronghe/rating';
import { cadenceOf } from './cadences';
import type { Figure } from './compare';
import type { Fields } from './fields';

/** The share of a month by a fixed thirty days. */
export function prorationFactor(input: Fields, vector: Fields): { [name: string]: Figure } {
  const [from, to] = [input.date('from'), input.date('to')];
  const [convention, period] = [input.text('convention'), input.text('billingPeriod')];
  if (convention !== 'fixed_30_days') return input.refuse('convention', 'is not fixed_30_days');
  if (period !== 'MONTHLY') return input.refuse('billingPeriod', `${period} has no fixed length`);
  const days = daysBetweenByThirty(from, to);
  const scale = vector.object('expected').textOr('scale') ?? '9';
  return { days, scale, factor: roundRatio(shareOfThirty(from, to), Number(scale)) };
}

/**
 * What is charged of the period in which something ends. The day on which it ends counts: a day that is touched is a
 * day of service (libs/rating).
 */
export function terminationCharge(input: Fields): { [name: string]: Figure } {
  input.skip('note');
  const mode = input.oneOf('mode', ['in_advance', 'in_arrears']);
  if (mode === 'in_advance') return input.refuse('mode', 'in_advance: what was paid is not taken back here');
  const began = input.date('serviceStart');
  const terminated = input.date('terminated');
  const cadence = cadenceOf(input, input.has('anchor') ? 'anchor' : 'serviceStart', 'terminated');
  const period = periodAround(cadence, terminated);
  const from = period.start < began ? began : period.start;
  const days = daysThrough(from, terminated);
  const ofDays = daysBetween(period.start, period.end);
  const share = ratioOf(BigInt(days), BigInt(ofDays));
  return { days, amount: restOfPrice(input.decimal('periodPrice'), share, 2) };
}
