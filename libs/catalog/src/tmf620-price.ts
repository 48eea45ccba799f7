import type { HrefOf, OfferDocument, RecurringPrice, UsagePrice } from '@ronghe/contracts';
import { OFFERING_PRICES, validFor, type PublishedOffer } from './tmf620';

/** A decimal that the wire shows as a JSON number; the edge decides how. */
export type NumberOf = (decimalText: string) => unknown;

const CURRENCY = 'CNY';

/**
 * TMF620 ProductOfferingPrices of an offer: fees, usage prices, its own discounts and, for a bundle, the prices that
 * members have while it holds. The id is `offering.price`.
 */
export function productOfferingPricesOf(published: PublishedOffer, numberOf: NumberOf, hrefOf: HrefOf) {
  const { document: offer } = published;
  const head = (code: string) => ({
    id: `${offer.code}.${code}`,
    href: hrefOf(OFFERING_PRICES, `${offer.code}.${code}`),
    version: String(offer.version),
    lastUpdate: published.publishedAt,
    validFor: validFor(offer),
    isBundle: false,
    '@type': 'ProductOfferingPrice',
  });
  return [
    ...offer.recurringPrices.map((price) => ({ ...head(price.code), ...recurring(price, numberOf) })),
    ...offer.usagePrices.map((price) => ({ ...head(price.code), ...usage(price, numberOf) })),
    ...offer.discounts.map((discount) => ({
      ...head(discount.code),
      name: discount.label.en,
      description: discount.label['zh-CN'],
      priceType: 'discount',
      percentage: numberOf(discount.percent),
      popRelationship: [{ id: `${offer.code}.${discount.price}`, relationshipType: 'discounts' }],
    })),
    ...overrides(offer, numberOf).map((override) => ({ ...head(override.code), ...override.body })),
  ];
}

function recurring(price: RecurringPrice, numberOf: NumberOf) {
  return {
    name: price.label.en,
    description: price.label['zh-CN'],
    priceType: 'recurring',
    recurringChargePeriodType: 'month',
    recurringChargePeriodLength: 1,
    price: { unit: CURRENCY, value: numberOf(price.amount) },
    tax: [{ taxCategory: price.taxClass }],
  };
}

function usage(price: UsagePrice, numberOf: NumberOf) {
  const { model } = price;
  const [amount, per] = headPrice(model);
  return {
    name: price.label.en,
    description: price.label['zh-CN'],
    priceType: 'usage',
    unitOfMeasure: { amount: numberOf(per), units: price.unit },
    price: { unit: CURRENCY, value: numberOf(amount) },
    tax: [{ taxCategory: price.taxClass }],
    pricingLogicAlgorithm: [{ id: model.kind, name: model.kind, description: algorithmText(price) }],
  };
}

/** The price that a list of prices shows: the only one, or the first. The algorithm says the rest. */
function headPrice(model: UsagePrice['model']): [amount: string, per: string] {
  switch (model.kind) {
    case 'flat':
      return [model.amount, '1'];
    case 'per-unit':
    case 'repeating-step':
      return [model.price.amount, model.price.per];
    case 'package':
      return [model.price, model.size];
    case 'graduated':
    case 'volume':
      return [model.tiers[0]?.price.amount ?? '0', model.tiers[0]?.price.per ?? '1'];
    case 'rates':
      return [
        model.rates.rates[0]?.steps[0]?.price.amount ?? '0',
        model.rates.rates[0]?.steps[0]?.price.per ?? '1',
      ];
    case 'percentage':
    case 'graduated-percentage':
    case 'dynamic':
      return ['0', '1'];
  }
}

function algorithmText({ model, unit, cap }: UsagePrice): string {
  const end = cap === null ? '' : `; at ${cap.amount} a bill period charging ends and the service stops`;
  switch (model.kind) {
    case 'flat':
      return `the same for every event${end}`;
    case 'per-unit':
      return `linear${end}`;
    case 'repeating-step':
      return `linear up to ${model.blockMaximum} in each ${model.blockUnits} ${unit}, then free until the block is full${end}`;
    case 'package':
    case 'graduated':
    case 'volume':
    case 'percentage':
    case 'graduated-percentage':
    case 'dynamic':
    case 'rates':
      return `${model.kind}: ${JSON.stringify(model)}${end}`;
  }
}

function overrides(offer: OfferDocument, numberOf: NumberOf) {
  return (offer.bundle?.priceOverrides ?? []).map((override) => ({
    code: override.code,
    body: {
      name: override.label.en,
      description: override.label['zh-CN'],
      priceType: 'recurring',
      recurringChargePeriodType: 'month',
      recurringChargePeriodLength: 1,
      price: { unit: CURRENCY, value: numberOf(override.amount) },
      popRelationship: [{ id: `${override.offering}.${override.price}`, relationshipType: 'replaces' }],
    },
  }));
}
