import type { BillingPolicy, ProductRole } from '@ronghe/contracts';
import {
  billPeriodAt,
  nextBillPeriod,
  sumMoney,
  type BillCycle,
  type BillPeriod,
  type Instant,
  type Money,
} from '@ronghe/kernel';
import { formBillLines, type BillLine } from './bill-lines';
import type { Holding, OfferLookup } from './holding';
import { recurringCharges } from './recurring-charges';

export interface BasketItem {
  offeringCode: string;
  offeringVersion: number;
  role: ProductRole;
  /** Unique in the basket: `main`, `sub1`. */
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

export interface QuoteQuestion {
  basket: Basket;
  /** What the account owns already: it changes prices of the basket, and is not priced itself. Default none. */
  owned?: readonly Holding[];
  offers: OfferLookup;
  cycle: BillCycle;
  chargeClasses: BillingPolicy['chargeClasses'];
}

/** Prices a basket with the functions that will bill it; lines carry the card in place of a product id.
 * What the basket changes of other products of the account is not shown. Throws what the lookup throws. */
export function quoteBasket(question: QuoteQuestion): Quote {
  const first = billPeriodAt(question.basket.startsAt, question.cycle);
  return {
    firstPeriod: quotePeriod(first, question),
    monthly: quotePeriod(nextBillPeriod(first, question.cycle), question),
  };
}

function quotePeriod(
  period: BillPeriod,
  { basket, owned = [], offers, cycle, chargeClasses }: QuoteQuestion,
): QuotedPeriod {
  const sold = basket.items.map((item) => holdingOf(item, basket));
  const holdings = [...sold, ...owned.map(outOfBundle)];
  const cards = new Set(sold.map(({ productId }) => productId));
  const fees = recurringCharges({ holdings, offers, period, cycle });
  const recurring = fees.filter(({ productId }) => cards.has(productId));
  const lines = formBillLines({
    period,
    recurring,
    cycle,
    usageTotals: null,
    holdings,
    offers,
    chargeClasses,
  });
  return {
    period,
    lines,
    listTotal: sumMoney(lines.map((line) => line.amount)),
    discountTotal: sumMoney(lines.map((line) => line.discount)),
    total: sumMoney(lines.map((line) => line.net)),
  };
}

/** Owned products are not priced, so nobody needs to know their bundles. */
function outOfBundle(holding: Holding): Holding {
  return { ...holding, bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null };
}

/** The product that the item would become. */
function holdingOf(item: BasketItem, { bundle, items, startsAt }: Basket): Holding {
  const main = items.find((other) => other.role === 'main');
  const isCard = item.role === 'main' || item.role === 'sub';
  return {
    productId: item.card,
    accountId: 'basket',
    offeringCode: item.offeringCode,
    offeringVersion: item.offeringVersion,
    role: item.role,
    card: item.card,
    bundleId: bundle && 'basket',
    bundleOfferingCode: bundle && bundle.offeringCode,
    bundleOfferingVersion: bundle && bundle.offeringVersion,
    cardGroupId: isCard && main ? main.card : item.card,
    effectiveFrom: startsAt,
    effectiveTo: null,
  };
}
