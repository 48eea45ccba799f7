import type { BillingPolicy, LocalizedText, MoneyText, PlaceOrderInput } from '@ronghe/contracts';
import { addMs, moneyToDecimal, type BillCycle, type Instant } from '@ronghe/kernel';
import { explanationText, quoteBasket, type Holding, type QuotedPeriod } from '@ronghe/rating';
import type { HeldProduct, OfferVersions, SaleItem } from '../basket/basket';
import { offerVersion } from '../basket/on-sale';
import { orderingError } from '../ordering.errors';

/** How long a stored quote may be ordered: 30 days. */
export const QUOTE_VALIDITY_MS = 30 * 86_400_000;

/** One fee of a quote; money as decimal text. */
export interface QuotedLine {
  card: string;
  chargeClass: string;
  label: LocalizedText;
  amount: MoneyText;
  discount: MoneyText;
  net: MoneyText;
  explanation: LocalizedText;
}

/** The fees of one bill period. */
export interface QuotedPeriodPrice {
  /** `2026-06` */
  period: string;
  from: Instant;
  to: Instant;
  lines: QuotedLine[];
  listTotal: MoneyText;
  discountTotal: MoneyText;
  total: MoneyText;
}

/** What a basket costs: the period in which it starts, by days, and the whole one after it. */
export interface QuotedPrice {
  firstPeriod: QuotedPeriodPrice;
  monthly: QuotedPeriodPrice;
}

/** A quote that was stored: the wish, the versions that it was priced with, the price, until when. */
export interface StoredQuote {
  quoteId: string;
  customerId: string;
  accountId: string;
  request: PlaceOrderInput;
  /** Version by offering code, bundle included. */
  offeringVersions: Record<string, number>;
  price: QuotedPrice;
  createdAt: Instant;
  createdBy: string;
  validUntil: Instant;
}

/** Prices settled items with the engine that will bill them. */
export function priceOfSale(
  items: readonly SaleItem[],
  question: {
    offers: OfferVersions;
    /** What the account owns: it may change prices of the basket. */
    held: readonly HeldProduct[];
    cycle: BillCycle;
    startsAt: Instant;
    chargeClasses: BillingPolicy['chargeClasses'];
  },
): QuotedPrice {
  const quote = quoteBasket({
    basket: {
      items: items.map(({ offer, role, card }) => ({
        offeringCode: offer.code,
        offeringVersion: offer.version,
        role,
        card,
      })),
      bundle: items[0]?.bundle ?? null,
      startsAt: question.startsAt,
    },
    owned: question.held.filter(({ isFirm }) => isFirm).map((product) => owned(product, question.startsAt)),
    offers: (code, version) => offerVersion(question, code, version),
    cycle: question.cycle,
    chargeClasses: question.chargeClasses,
  });
  return { firstPeriod: periodPrice(quote.firstPeriod), monthly: periodPrice(quote.monthly) };
}

/** A product of the account as it is when the basket starts. */
function owned(product: HeldProduct, startsAt: Instant): Holding {
  return { ...product, accountId: 'owned', effectiveFrom: startsAt, effectiveTo: null };
}

/** The versions that a quote holds to. */
export function versionsOf(items: readonly SaleItem[]): Record<string, number> {
  const versions = items.map(({ offer }): [string, number] => [offer.code, offer.version]);
  const bundle = items[0]?.bundle;
  if (bundle) versions.push([bundle.offeringCode, bundle.offeringVersion]);
  return Object.fromEntries(versions);
}

/** Until when a quote made now may be ordered. */
export function validUntil(now: Instant): Instant {
  return addMs(now, QUOTE_VALIDITY_MS);
}

/**
 * The order that a quote stands for.
 * @throws DomainError quote_of_other_account, quote_expired, order_body_invalid when the order names items too
 */
export function quotedOrder(quote: StoredQuote, input: PlaceOrderInput, now: Instant): PlaceOrderInput {
  const { quoteId, customerId, accountId, validUntil: until } = quote;
  if (customerId !== input.customerId || accountId !== input.accountId) {
    throw orderingError('quote_of_other_account', { quoteId });
  }
  if (now >= until) throw orderingError('quote_expired', { quoteId, validUntil: until });
  if (input.items.length > 0 || input.bundleOfferingCode !== undefined) {
    throw orderingError('order_body_invalid', {
      quoteId,
      problem: 'a quote is ordered as it is, without items',
    });
  }
  return { ...quote.request, customerId, accountId, quoteId };
}

function periodPrice({ period, lines, listTotal, discountTotal, total }: QuotedPeriod): QuotedPeriodPrice {
  return {
    period: period.key,
    from: period.from,
    to: period.to,
    lines: lines.map((line) => ({
      card: line.card,
      chargeClass: line.chargeClass,
      label: line.label,
      amount: moneyToDecimal(line.amount),
      discount: moneyToDecimal(line.discount),
      net: moneyToDecimal(line.net),
      explanation: {
        en: explanationText(line.explanation, 'en'),
        'zh-CN': explanationText(line.explanation, 'zh-CN'),
      },
    })),
    listTotal: moneyToDecimal(listTotal),
    discountTotal: moneyToDecimal(discountTotal),
    total: moneyToDecimal(total),
  };
}
