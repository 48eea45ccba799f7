import type { LocalizedText, UnitPrice, UsagePrice, UsagePriceModel, UsageRates } from '@ronghe/contracts';
import { assertNever, formatScaled, parseScaled, type Ratio } from '@ronghe/kernel';

/** Decimals to which a price is worked out; beyond them it is rounded half away from zero. */
const PRICE_DECIMALS = 18;
/** Decimals of an amount. */
const AMOUNT_DECIMALS = 6;

const known = new WeakMap<UsagePrice, Map<string, UsagePrice>>();

/**
 * A price of which a part is paid: every price, fee and share of the model is multiplied; free units, increments and what
 * limits the spending of a period stay. `label` names the discounts.
 * The same document, factor and label give the same object, so that it is compiled once.
 */
export function discountedPrice(
  price: UsagePrice,
  factor: Ratio,
  label: LocalizedText = price.label,
): UsagePrice {
  const name = `${factor.numerator}/${factor.denominator} ${label.en}`;
  const byFactor = known.get(price) ?? new Map<string, UsagePrice>();
  known.set(price, byFactor);
  const made = byFactor.get(name) ?? {
    ...price,
    label,
    model: discountedModel(price.model, factor),
    connectFee: amountOrNull(price.connectFee, factor),
  };
  byFactor.set(name, made);
  return made;
}

function discountedModel(model: UsagePriceModel, by: Ratio): UsagePriceModel {
  switch (model.kind) {
    case 'flat':
      return { ...model, amount: amount(model.amount, by) };
    case 'per-unit':
      return { ...model, price: unitPrice(model.price, by) };
    case 'repeating-step':
      return { ...model, price: unitPrice(model.price, by), blockMaximum: amount(model.blockMaximum, by) };
    case 'package':
      return { ...model, price: amount(model.price, by) };
    case 'graduated':
      return {
        ...model,
        tiers: model.tiers.map((tier) => ({
          ...tier,
          price: unitPrice(tier.price, by),
          flat: amount(tier.flat, by),
          maximum: amountOrNull(tier.maximum, by),
        })),
      };
    case 'volume':
      return {
        ...model,
        tiers: model.tiers.map((tier) => ({
          ...tier,
          price: unitPrice(tier.price, by),
          flat: amount(tier.flat, by),
        })),
      };
    case 'percentage':
      return {
        ...model,
        percent: scaled(model.percent, by, PRICE_DECIMALS),
        fixedPerEvent: amount(model.fixedPerEvent, by),
        minimumPerEvent: amountOrNull(model.minimumPerEvent, by),
        maximumPerEvent: amountOrNull(model.maximumPerEvent, by),
      };
    case 'graduated-percentage':
      return {
        ...model,
        tiers: model.tiers.map((tier) => ({
          ...tier,
          percent: scaled(tier.percent, by, PRICE_DECIMALS),
          flat: amount(tier.flat, by),
        })),
      };
    case 'dynamic':
      return { ...model, multiplier: scaled(model.multiplier, by, PRICE_DECIMALS) };
    case 'rates':
      return { ...model, rates: discountedRates(model.rates, by) };
    default:
      return assertNever(model);
  }
}

function discountedRates(rates: UsageRates, by: Ratio): UsageRates {
  return {
    ...rates,
    rates: rates.rates.map((rate) => ({
      ...rate,
      steps: rate.steps.map((step) => ({ ...step, price: unitPrice(step.price, by) })),
      connectFee: amountOrNull(rate.connectFee, by),
      maximumPerEvent: amountOrNull(rate.maximumPerEvent, by),
    })),
  };
}

function unitPrice(price: UnitPrice, by: Ratio): UnitPrice {
  return { ...price, amount: scaled(price.amount, by, PRICE_DECIMALS) };
}

function amount(text: string, by: Ratio): string {
  return scaled(text, by, AMOUNT_DECIMALS);
}

function amountOrNull(text: string | null, by: Ratio): string | null {
  return text === null ? null : amount(text, by);
}

function scaled(text: string, { numerator, denominator }: Ratio, decimals: number): string {
  const product = parseScaled(text, decimals, 'invalid_amount') * numerator;
  return formatScaled((2n * product + denominator) / (2n * denominator), decimals, 2);
}
