import type { BillingPolicy, ProductRole } from '@ronghe/contracts';
import type { BillCycle, BillPeriod, Instant, Money } from '@ronghe/kernel';
import type { BillLine } from './bill-lines';
import type { OfferLookup } from './holding';

export interface BasketItem {
  offeringCode: string;
  offeringVersion: number;
  role: ProductRole;
  card: string;
}

export interface Basket {
  items: readonly BasketItem[];
  /** The bundle that the items are sold under; null: on their own. */
  bundle: { offeringCode: string; offeringVersion: number } | null;
  startsAt: Instant;
}

export interface QuotedPeriod {
  period: BillPeriod;
  lines: BillLine[];
  listTotal: Money;
  discountTotal: Money;
  total: Money;
}

/** The fees of a basket before it is sold: the first period by days, and the whole month after it. */
export interface Quote {
  firstPeriod: QuotedPeriod;
  monthly: QuotedPeriod;
}

/** Prices a basket with the functions that will bill it. Throws what the lookup throws. */
export function quoteBasket(question: {
  basket: Basket;
  offers: OfferLookup;
  cycle: BillCycle;
  chargeClasses: BillingPolicy['chargeClasses'];
}): Quote {
  throw new Error(`not written yet: ${question.basket.items.length}`);
}
