import type {
  Allowance,
  BundleAllowance,
  BundleRules,
  OfferDocument,
  PriceChange,
  RecurringPrice,
} from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { ProductOffering } from './generated/graphql';
import { enumName, textView } from './graphql-words';
import { usagePriceView } from './usage-price-view';

/** A published offer in the shape of GraphQL's ProductOffering. */
export function offeringView(offer: OfferDocument, publishedAt: Instant): ProductOffering {
  return {
    code: offer.code,
    version: offer.version,
    name: textView(offer.name),
    kind: enumName(offer.kind),
    lineOfBusiness: offer.lineOfBusiness,
    specification: offer.specification,
    resourceNeeds: offer.resourceNeeds,
    characteristics: Object.entries(offer.characteristics)
      .map(([name, value]) => ({ name, value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    effectiveFrom: offer.effectiveFrom,
    effectiveTo: offer.effectiveTo,
    soldAlone: offer.sale.alone,
    requires: offer.sale.requires.map((required) => required.specification),
    atMost: offer.sale.atMost && { count: offer.sale.atMost.count, per: enumName(offer.sale.atMost.per) },
    recurringPrices: offer.recurringPrices.map(recurringPriceView),
    usagePrices: offer.usagePrices.map(usagePriceView),
    usagePricedBy: enumName(offer.usagePricedBy),
    allowances: offer.allowances.map(allowanceView),
    discounts: offer.discounts.map((discount) => ({ ...discount, label: textView(discount.label) })),
    priceChanges: (offer.priceChanges ?? []).map(priceChangeView),
    bundle: offer.bundle && bundleView(offer.bundle),
    publishedAt,
  };
}

function recurringPriceView(price: RecurringPrice) {
  return {
    ...price,
    label: textView(price.label),
    timing: enumName(price.timing),
    firstPeriod: enumName(price.firstPeriod),
    lastPeriod: enumName(price.lastPeriod),
    prorateBy: enumName(price.prorateBy),
  };
}

function allowanceView(allowance: Allowance | BundleAllowance) {
  const ofBundle = 'replaces' in allowance ? allowance : null;
  return {
    code: allowance.code,
    label: textView(allowance.label),
    usageClasses: allowance.usageClasses.map((each) => enumName(each)),
    unit: enumName(allowance.unit),
    quantity: allowance.quantity,
    wholeUnits: allowance.wholeUnits,
    sharedBy: enumName(allowance.sharedBy),
    priority: allowance.priority,
    rank: enumName(allowance.rank ?? 'base'),
    zones: allowance.zones ?? null,
    bands: allowance.bands ?? null,
    memberCap: allowance.memberCap ?? null,
    takenIn: allowance.increment ?? null,
    isBlocker: allowance.isBlocker ?? false,
    validDays: allowance.validDays ?? null,
    rolloverPeriods: allowance.rollover?.periods ?? 0,
    rolloverCap: allowance.rollover?.cap ?? null,
    role: ofBundle?.role ?? null,
    replaces: ofBundle?.replaces ?? [],
    afterEnd: ofBundle && enumName(ofBundle.afterEnd),
  };
}

function priceChangeView({ code, label, of, within, price, to, priority }: PriceChange) {
  return {
    code,
    label: textView(label),
    offering: 'offering' in of ? of.offering : null,
    specification: 'specification' in of ? of.specification : null,
    within: enumName(within),
    price,
    amount: 'amount' in to ? to.amount : null,
    percentLess: 'percentLess' in to ? to.percentLess : null,
    priority,
  };
}

function bundleView(bundle: BundleRules) {
  return {
    members: bundle.members,
    holdsWhile: bundle.holdsWhile,
    priceOverrides: bundle.priceOverrides.map((override) => ({
      ...override,
      label: textView(override.label),
      afterEnd: enumName(override.afterEnd),
    })),
    allowances: bundle.allowances.map(allowanceView),
  };
}
