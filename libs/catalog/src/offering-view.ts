import type {
  Allowance,
  BundleAllowance,
  BundleRules,
  LocalizedText,
  OfferDocument,
  RecurringPrice,
  UnitPrice,
  UsagePrice,
  UsagePriceModel,
} from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { ProductOffering } from './generated/graphql';

/** `card-group` → `CARD_GROUP`. */
type EnumName<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Uppercase<Head>}_${EnumName<Tail>}`
  : Uppercase<S>;

/** An enum value of a document as GraphQL spells it. */
export function enumName<S extends string>(value: S): EnumName<S> {
  return value.toUpperCase().replaceAll('-', '_') as EnumName<S>;
}

/** Product text as GraphQL spells it. */
export function textView(text: LocalizedText): { en: string; zhCN: string } {
  return { en: text.en, zhCN: text['zh-CN'] };
}

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

function usagePriceView(price: UsagePrice) {
  const { model } = price;
  const step = model.kind === 'repeating-step' ? model : null;
  return {
    ...price,
    usageClass: enumName(price.usageClass),
    label: textView(price.label),
    unit: enumName(price.unit),
    kind: enumName(model.kind),
    amount: model.kind === 'flat' ? model.amount : (unitPriceOf(model)?.amount ?? null),
    per: unitPriceOf(model)?.per ?? null,
    blockUnits: step?.blockUnits ?? null,
    blockMaximum: step?.blockMaximum ?? null,
    counter: enumName(price.counter),
    cap: price.cap?.amount ?? null,
  };
}

/** The one price of a model that has one for so many units. */
function unitPriceOf(model: UsagePriceModel): UnitPrice | null {
  if (model.kind === 'package') return { amount: model.price, per: model.size };
  return model.kind === 'per-unit' || model.kind === 'repeating-step' ? model.price : null;
}

function allowanceView(allowance: Allowance | BundleAllowance) {
  const ofBundle = 'replaces' in allowance ? allowance : null;
  return {
    code: allowance.code,
    label: textView(allowance.label),
    usageClasses: allowance.usageClasses.map((each) => enumName(each)),
    unit: enumName(allowance.unit),
    quantity: allowance.quantity,
    sharedBy: enumName(allowance.sharedBy),
    rolloverPeriods: allowance.rollover?.periods ?? 0,
    role: ofBundle?.role ?? null,
    replaces: ofBundle?.replaces ?? [],
    afterEnd: ofBundle && enumName(ofBundle.afterEnd),
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
