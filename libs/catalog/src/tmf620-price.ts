import type { HrefOf, OfferDocument, RecurringPrice } from '@ronghe/contracts';
import { OFFERING_PRICES, usagePriceIdOf, validFor, type PublishedOffer } from './tmf620';
import { CURRENCY, usageOfferingPrices, type NumberOf } from './tmf620-usage-price';

/**
 * TMF620 ProductOfferingPrices of an offer: fees, usage prices, its own discounts and, for a bundle, the prices that
 * members have while it holds. The id is `offering.price`, or `offering.price.part` for a tier or a rate.
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
    ...offer.usagePrices.flatMap((price) => {
      const refOf = (code: string) => ({ id: head(code).id, href: head(code).href });
      const prices = usageOfferingPrices(price, numberOf, usagePriceIdOf(price), refOf);
      return prices.map(({ id, body }) => ({ ...head(id), ...body }));
    }),
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
    tax: (price.taxParts ?? [price]).map(({ taxClass }) => ({ taxCategory: taxClass })),
  };
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
