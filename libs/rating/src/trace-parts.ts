import { amountFromDecimal, amountToDecimal } from '@ronghe/kernel';
import type { ExplanationBuilder, StepReference } from './explanation';
import { counterKeyOf } from './open-counters';
import type { RatedPart } from './rate-usage';
import type { Counter } from './rating-state';
import { traceLimits } from './trace-limits';
import { traceTakes, type TracedUsage } from './trace-usage';
import { emptyCounter, type CompiledUsagePrice } from './usage-price';
import type { CompiledRate, CompiledRates } from './usage-rates';
import { quantityInWords } from './quantity-in-words';
import { perUnits } from './tariff-in-words';
import { lessBefore, nothingToCharge, together } from './wording';
import { connectFees, eventLimited, ratedInCell } from './wording-usage';

/** Adds why an event by rates costs what it costs: each stretch in its cell, then the sum within the period's limits. */
export function traceParts(builder: ExplanationBuilder, traced: TracedUsage, rates: CompiledRates): void {
  const { rated, plan, before, after } = traced;
  const parts = rated.parts ?? [];
  for (const part of parts) traceTakes(builder, traced, part.takes, part.unitsTotal, refusedOf(part));
  // A long call comes back to a cell: what it has counted there is before the next time.
  const counters = new Map<string, Counter>();
  const references = parts.flatMap((part) => {
    const [zone = '', band = '', step = '0'] = part.cell.split('/');
    const rate = rates.rateOf(zone, band);
    if (!rate || !isCounted(part)) return [];
    const key = counterKeyOf(rated.counterKey, part.cell);
    const earlier = counters.get(key) ?? before.counters[key] ?? emptyCounter;
    const later = {
      units: earlier.units + part.counted.units,
      events: earlier.events + part.counted.events,
    };
    counters.set(key, later);
    return [tracePart(builder, plan.price, part, { rate, step: Number(step), earlier, later })];
  });
  if (references.length === 0) {
    builder.add('given', { amount: '0.00' }, nothingToCharge);
    return;
  }
  const names = Object.fromEntries(references.map((reference, index) => [`part${index + 1}`, reference]));
  const list = references.length === 1 ? references[0] : builder.add('sum', names, together);
  const earlier = before.counters[rated.counterKey] ?? emptyCounter;
  const later = after.counters[rated.counterKey] ?? emptyCounter;
  const listAmount = parts.reduce((sum, part) => sum + part.listAmount, 0n);
  if (list === undefined || rated.amount === listAmount) return;
  traceLimits(builder, plan.price, list, { earlier, later });
}

function refusedOf({ unitsTotal, takes, chargedUnits }: RatedPart): bigint {
  return takes.reduce((left, { units }) => left - units, unitsTotal) - chargedUnits;
}

function isCounted({ counted }: RatedPart): boolean {
  return counted.units > 0n || counted.events > 0n;
}

function tracePart(
  builder: ExplanationBuilder,
  usagePrice: CompiledUsagePrice,
  part: RatedPart,
  { rate, step, earlier, later }: { rate: CompiledRate; step: number; earlier: Counter; later: Counter },
): StepReference {
  const price = (counter: Counter) => priceCell(builder, usagePrice, { rate, step }, counter);
  if (part.counted.price) {
    const linear = price(part.counted);
    const amount = amountToDecimal(part.listAmount);
    if (amountFromDecimal(builder.valueOf(linear)) === part.listAmount) return linear;
    return builder.add('given', { amount }, eventLimited(rate.document.maximumPerEvent));
  }
  if (earlier.units === 0n && earlier.events === 0n) return price(part.counted);
  const all = price(later);
  return builder.add('subtract', { from: all, amount: price(earlier) }, lessBefore);
}

function priceCell(
  builder: ExplanationBuilder,
  { document, measuredPerUnit }: CompiledUsagePrice,
  { rate, step }: { rate: CompiledRate; step: number },
  counter: Counter,
): StepReference {
  const { from = '0', price = { amount: '0', per: '1' } } = rate.steps[step]?.document ?? {};
  const { amount, per } = price;
  const units = counter.units.toString();
  const measured = document.unit === 'minute' ? 'second' : document.unit;
  const inputs = { units, price: amount, per: (BigInt(per) * measuredPerUnit).toString() };
  const usage = builder.add(
    'multiply',
    inputs,
    ratedInCell(
      { ...rate, from, unit: measured },
      quantityInWords(measured, units),
      perUnits(document.unit, price),
    ),
  );
  const { connectFeeText } = rate;
  if (connectFeeText === null || counter.events === 0n) return usage;
  const count = counter.events.toString();
  const fees = builder.add('times', { amount: connectFeeText, count }, connectFees(count));
  return builder.add('sum', { a: usage, b: fees }, together);
}
