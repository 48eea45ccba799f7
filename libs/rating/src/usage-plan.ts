import type { LocalizedText, UsageClass } from '@ronghe/contracts';
import { DomainError, type Instant } from '@ronghe/kernel';
import { isHeldAt, type Holding, type OfferLookup } from './holding';
import { compileUsagePrice, type CompiledUsagePrice } from './usage-price';

/** How usage of one class by one product is charged. */
export interface UsagePlan {
  /** Who used it. */
  productId: string;
  card: string;
  price: CompiledUsagePrice;
  /** The offer whose price it is: the main card's for a sub card. */
  offeringCode: string;
  offeringVersion: number;
  chargeCode: string;
  chargeClass: string;
  label: LocalizedText;
  taxClass: string;
  /** The counter in the rating state. */
  counterKey: string;
  /** On whose bill line the charge appears: the main card's where the group is counted as one. */
  bookedProductId: string;
  bookedCard: string;
}

export interface UsagePlanQuestion {
  /** The product that was used. */
  holding: Holding;
  /** Products of its card group (others may be among them). */
  holdings: readonly Holding[];
  offers: OfferLookup;
  usageClass: UsageClass;
  /** Start of the usage: the main card is looked up as of then. */
  usedAt: Instant;
}

/**
 * The price of a usage class for a product. Throws DomainError: `main_card_missing` (a sub card without a main
 * card), `usage_price_missing` (the offer does not price this class), or what the lookup throws.
 */
export function usagePlanOf(question: UsagePlanQuestion): UsagePlan {
  const { holding, offers, usageClass } = question;
  const own = offers(holding.offeringCode, holding.offeringVersion);
  const pricing = own.usagePricedBy === 'main' ? mainCardOf(question) : holding;
  const offer = offers(pricing.offeringCode, pricing.offeringVersion);
  const document = offer.usagePrices.find((price) => price.usageClass === usageClass);
  if (!document) {
    throw new DomainError('usage_price_missing', 'invalid', `${offer.code} has no price for ${usageClass}`, {
      offeringCode: offer.code,
      usageClass,
    });
  }
  const booked = document.counter === 'card-group' ? mainCardOf(question) : holding;
  return {
    productId: holding.productId,
    card: holding.card,
    price: compileUsagePrice(document),
    offeringCode: offer.code,
    offeringVersion: offer.version,
    chargeCode: document.code,
    chargeClass: document.chargeClass,
    label: document.label,
    taxClass: document.taxClass,
    counterKey: document.counter === 'card-group' ? document.code : `${document.code}/${holding.productId}`,
    bookedProductId: booked.productId,
    bookedCard: booked.card,
  };
}

/** The product that gives the card group its id: the main card, or the product itself when it is no card's member. */
function mainCardOf({ holding, holdings, usedAt }: UsagePlanQuestion): Holding {
  if (holding.productId === holding.cardGroupId) return holding;
  const main = holdings.find((other) => other.productId === holding.cardGroupId && isHeldAt(other, usedAt));
  if (!main) {
    throw new DomainError('main_card_missing', 'invalid', `${holding.card} has no active main card`, {
      productId: holding.productId,
      usedAt,
    });
  }
  return main;
}
