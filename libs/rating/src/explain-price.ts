import type { ExplanationBuilder, StepReference } from './explanation';
import { amountFromDecimal, amountToDecimal, zeroAmount } from '@ronghe/kernel';
import type { Counter } from './rating-state';
import { tariffInWords } from './tariff-in-words';
import type { CompiledUsagePrice } from './usage-price';
import { capped, priced, together, type Sentence } from './wording';
import { afterFree, atLeast, connectFees } from './wording-usage';

/**
 * Adds the steps that price a counter, with free units, connect fees and the period's minimum, maximum and cap. Where
 * what is counted does not decide the price alone (a flat price, percentages, rounded events) the figure is given.
 * @param units operand: the counter's units as a number or a reference
 */
export function explainPrice(
  builder: ExplanationBuilder,
  price: CompiledUsagePrice,
  counter: Counter,
  units: string,
): StepReference {
  return explainLimits(builder, price, counter, explainTotal(builder, price, counter, units));
}

const worded = new WeakMap<CompiledUsagePrice['document'], Sentence>();

/** What a price is called and what it costs, put into words once for each document. */
function sentenceOf(document: CompiledUsagePrice['document']): Sentence {
  const sentence = worded.get(document) ?? priced(document.label, tariffInWords(document));
  worded.set(document, sentence);
  return sentence;
}

/** The steps of `explainPrice` before the period's minimum, maximum and cap. */
export function explainTotal(
  builder: ExplanationBuilder,
  price: CompiledUsagePrice,
  counter: Counter,
  units: string,
): StepReference {
  const { document, model } = price;
  const sentence = sentenceOf(document);
  const given = () => builder.add('given', { amount: amountToDecimal(price.priceOf(counter)) }, sentence);
  if (price.isEventPriced || price.rates) return given();
  if (document.model.kind === 'flat' && document.connectFee === null) {
    const { amount } = document.model;
    return builder.add('times', { amount, count: counter.events.toString() }, sentence);
  }
  const measure = model.pricesAmounts
    ? amountToDecimal(counter.amount ?? zeroAmount)
    : billable(builder, price, units);
  const call = model.explain(measure);
  if (!call || counter.events === 0n) return given();
  const usage = builder.add(call.op, call.inputs, sentence);
  if (document.connectFee === null) return usage;
  const events = counter.events.toString();
  const fees = builder.add('times', { amount: document.connectFee, count: events }, connectFees(events));
  return builder.add('sum', { a: usage, b: fees }, together);
}

function billable(
  builder: ExplanationBuilder,
  { document, freeUnits }: CompiledUsagePrice,
  units: string,
): string {
  if (freeUnits === 0n) return units;
  const free = freeUnits.toString();
  return builder.add('beyond', { units, free }, afterFree(document.unit, free));
}

/** Adds the steps of a period's minimum, maximum and cap, where they decide. */
export function explainLimits(
  builder: ExplanationBuilder,
  { document }: CompiledUsagePrice,
  { events }: Pick<Counter, 'events'>,
  sum: StepReference,
): StepReference {
  const hasEvents = events > 0n;
  let reference = sum;
  const bounds = [
    ['at-least', 'minimum', hasEvents ? document.minimumSpend : null, atLeast],
    ['cap', 'maximum', document.maximumSpend, capped],
    ['cap', 'maximum', document.cap?.amount, capped],
  ] as const;
  for (const [op, name, bound, sentence] of bounds) {
    if (!bound) continue;
    const amount = amountFromDecimal(builder.valueOf(reference));
    const isDecided = op === 'cap' ? amount > amountFromDecimal(bound) : amount < amountFromDecimal(bound);
    if (isDecided) reference = builder.add(op, { amount: reference, [name]: bound }, sentence(bound));
  }
  return reference;
}
