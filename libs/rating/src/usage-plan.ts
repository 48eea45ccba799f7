import type { LocalizedText, UsageClass } from '@ronghe/contracts';
import type { Holding, OfferLookup } from './holding';
import type { CompiledUsagePrice } from './usage-price';
import type { Instant } from '@ronghe/kernel';

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
  throw new Error(`not written yet: ${question.usageClass}`);
}
