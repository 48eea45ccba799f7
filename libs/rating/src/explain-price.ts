import type { ExplanationBuilder, StepReference } from './explanation';
import { amountToDecimal } from '@ronghe/kernel';
import type { Counter } from './rating-state';
import { tariffInWords } from './tariff-in-words';
import type { CompiledUsagePrice } from './usage-price';
import { capped, priced } from './wording';

/**
 * Adds the steps that price a counter, and the cap where there is one. Where units alone do not decide the price
 * (a flat price, a connect fee) the figure is given.
 * @param units operand: the counter's units as a number or a reference
 */
export function explainPrice(
  builder: ExplanationBuilder,
  price: CompiledUsagePrice,
  counter: Counter,
  units: string,
): StepReference {
  const { document, model } = price;
  const sentence = priced(document.label, tariffInWords(document));
  const call = document.connectFee === null ? model.explain(units) : null;
  const reference = call
    ? builder.add(call.op, call.inputs, sentence)
    : builder.add('given', { amount: amountToDecimal(price.priceOf(counter)) }, sentence);
  if (price.cap === null || price.priceOf(counter) <= price.cap) return reference;
  const maximum = amountToDecimal(price.cap);
  return builder.add('cap', { amount: reference, maximum }, capped(maximum));
}
