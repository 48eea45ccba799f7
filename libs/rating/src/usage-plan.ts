import type {
  CalendarPolicy,
  DiscountPolicy,
  LocalizedText,
  UsageClass,
  UsagePrice,
  ZonePlanPolicy,
} from '@ronghe/contracts';
import {
  DomainError,
  localDateOf,
  maxInstant,
  minInstant,
  startOfLocalDate,
  type Instant,
  type LocalDate,
  type Period,
} from '@ronghe/kernel';
import { beginningOfTime, endOfTime, isHeldAt, type Holding, type OfferLookup } from './holding';
import { termsAt } from './held-terms';
import { compileCalendar, type CompiledCalendar } from './time-bands';
import { discountedPrice } from './discounted-price';
import { useDiscountOf, useDiscountsHold, type UseDiscount } from './use-discounts';
import { compileUsagePrice, type CompiledUsagePrice } from './usage-price';
import { compileZonePlan, type CompiledZonePlan } from './zone-plan';

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
  /** What the price's rates look up zones and bands in; absent or null: one zone, one band. */
  zonePlan?: CompiledZonePlan | null;
  calendar?: CompiledCalendar | null;
  /** Usage that starts within has this same plan; absent: only usage of the instant that was asked for. */
  holds?: Period;
}

/** A policy in force on a day, with the days on which it is; half-open, null: open. */
export interface PolicyInForce<P> {
  document: P;
  from: LocalDate;
  to: LocalDate | null;
}

/** Finds the versions of zone plans and calendars by code and local day; null: none is in force. */
export interface RatingPolicies {
  zonePlan(code: string, on: LocalDate): PolicyInForce<ZonePlanPolicy> | null;
  calendar(code: string, on: LocalDate): PolicyInForce<CalendarPolicy> | null;
}

export interface UsagePlanQuestion {
  /** The product that was used. */
  holding: Holding;
  /** Products of its card group (others may be among them). */
  holdings: readonly Holding[];
  offers: OfferLookup;
  usageClass: UsageClass;
  /** Start of the usage: main card, price and policies are those in force then. */
  usedAt: Instant;
  /** Time zone of the account, for days and bands. Default: Asia/Shanghai. */
  zone?: string;
  /** Where zone plans and calendars are; absent: there are none. */
  policies?: RatingPolicies;
  /** Discounts of the account that are in its prices, because it pays as it uses; absent: they are on its bill. */
  useDiscounts?: readonly DiscountPolicy[];
}

/** The zone of accounts that nobody says a zone for. SEMANTICS §1. */
export const DEFAULT_ZONE = 'Asia/Shanghai';

/**
 * The price of a usage class for a product. Throws DomainError: `main_card_missing` (a sub card without a main
 * card), `usage_price_missing` (the offer does not price this class then), `rating_policy_missing` (the price names a
 * zone plan or calendar of which no version is in force), or what the lookup throws.
 */
export function usagePlanOf(asked: UsagePlanQuestion): UsagePlan {
  const question = { ...asked, holding: termsAt(asked.holding, asked.usedAt) };
  const { holding, offers, usageClass, usedAt, zone = DEFAULT_ZONE } = question;
  const own = offers(holding.offeringCode, holding.offeringVersion);
  const main = mainCardOf(question);
  const pricing = own.usagePricedBy === 'main' ? found(main, question) : holding;
  const offer = offers(pricing.offeringCode, pricing.offeringVersion);
  const day = localDateOf(usedAt, zone);
  const document = offer.usagePrices.find(
    (price) => price.usageClass === usageClass && isInForce(price.inForce ?? null, day),
  );
  if (!document) {
    throw new DomainError('usage_price_missing', 'invalid', `${offer.code} has no price for ${usageClass}`, {
      offeringCode: offer.code,
      usageClass,
    });
  }
  const isGroups = document.counter === 'card-group';
  const booked = isGroups ? found(main, question) : holding;
  const { zonePlan, calendar } = policiesOf(document, day, question);
  const discount = discountOf(question, document, booked);
  const priced = discount.given
    ? discountedPrice(document, discount.given.factor, labelWith(document.label, discount.given.text))
    : document;
  return {
    productId: holding.productId,
    card: holding.card,
    price: compileUsagePrice(priced),
    offeringCode: offer.code,
    offeringVersion: offer.version,
    chargeCode: document.code,
    chargeClass: document.chargeClass,
    label: priced.label,
    taxClass: document.taxClass,
    counterKey: isGroups ? document.code : `${document.code}/${holding.productId}`,
    bookedProductId: booked.productId,
    bookedCard: booked.card,
    zonePlan: zonePlan && compileZonePlan(zonePlan.document),
    calendar: calendar && compileCalendar(calendar.document, zone),
    holds: discount.within(
      holdsFor([document.inForce ?? null, zonePlan, calendar], [holding, main ?? holding], zone),
    ),
  };
}

/** What discounts leave of a price for who pays as it uses, and while that is so. */
function discountOf(
  question: UsagePlanQuestion,
  { chargeClass }: UsagePrice,
  { offeringCode, offeringVersion }: Holding,
): { given: UseDiscount | null; within: (holds: Period) => Period } {
  const { useDiscounts: policies = [], offers, usedAt, holdings, zone = DEFAULT_ZONE } = question;
  if (policies.length === 0) return { given: null, within: (holds) => holds };
  const { specification } = offers(offeringCode, offeringVersion);
  const asked = { policies, holdings, offers, chargeClass, specification, usedAt, zone };
  const stretch = useDiscountsHold(asked);
  return {
    given: useDiscountOf(asked),
    within: ({ from, to }) => ({ from: maxInstant(from, stretch.from), to: minInstant(to, stretch.to) }),
  };
}

function labelWith(label: LocalizedText, discounts: LocalizedText): LocalizedText {
  return {
    en: `${label.en} (${discounts.en})`,
    'zh-CN': `${label['zh-CN']}（${discounts['zh-CN']}）`,
  };
}

/** The product that gives the card group its id: the main card, or the product itself when it is no card's member. */
function mainCardOf({ holding, holdings, usedAt }: UsagePlanQuestion): Holding | undefined {
  if (holding.productId === holding.cardGroupId) return holding;
  const main = holdings.find((other) => other.productId === holding.cardGroupId && isHeldAt(other, usedAt));
  return main && termsAt(main, usedAt);
}

function found(main: Holding | undefined, { holding, usedAt }: UsagePlanQuestion): Holding {
  if (main) return main;
  throw new DomainError('main_card_missing', 'invalid', `${holding.card} has no active main card`, {
    productId: holding.productId,
    usedAt,
  });
}

function isInForce(days: { from: LocalDate; to: LocalDate | null } | null, day: LocalDate): boolean {
  return days === null || (days.from <= day && (days.to === null || day < days.to));
}

function policiesOf({ model, code }: UsagePrice, day: LocalDate, { policies }: UsagePlanQuestion) {
  const { zonePlan, calendar } = model.kind === 'rates' ? model.rates : { zonePlan: null, calendar: null };
  const missing = (policy: string): never => {
    throw new DomainError(
      'rating_policy_missing',
      'invalid',
      `no version of ${policy} is in force on ${day}`,
      {
        policy,
        price: code,
      },
    );
  };
  return {
    zonePlan: zonePlan === null ? null : (policies?.zonePlan(zonePlan, day) ?? missing(zonePlan)),
    calendar: calendar === null ? null : (policies?.calendar(calendar, day) ?? missing(calendar)),
  };
}

/**
 * The instants at which all of these hold. A price that is followed by another ends where it says, and terms where they
 * change; the main card counts while it is held, the product itself always: a record of a product that has ended is priced
 * as one before.
 */
function holdsFor(
  days: readonly ({ from: LocalDate; to: LocalDate | null } | null)[],
  [holding, main]: readonly [Holding, Holding],
  zone: string,
): Period {
  const from = days.map((range) => (range ? startOfLocalDate(range.from, zone) : beginningOfTime));
  const to = days.map((range) => (range?.to ? startOfLocalDate(range.to, zone) : endOfTime));
  if (holding.part) {
    const { heldFrom, heldTo } = holding.part;
    if (holding.effectiveFrom > heldFrom) from.push(holding.effectiveFrom);
    if (holding.effectiveTo !== null && holding.effectiveTo !== heldTo) to.push(holding.effectiveTo);
  }
  if (main !== holding) {
    from.push(main.effectiveFrom);
    to.push(main.effectiveTo ?? endOfTime);
  }
  return { from: from.reduce(maxInstant), to: to.reduce(minInstant) };
}
