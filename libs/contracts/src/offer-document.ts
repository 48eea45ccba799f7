import type { LocalDate } from '@ronghe/kernel';
import type { ProductRole, ResourceKind } from './ordering';
import type { AmountText, LocalizedText } from './text';

export type LineOfBusiness = 'mobile' | 'broadband' | 'iptv' | 'fixed-voice' | 'cloud' | 'convergent';

/** What a customer uses and a price counts. */
export type UsageClass = 'voice' | 'sms' | 'data';

/** What a price or an allowance counts in. Usage is measured in seconds, messages and kilobytes. */
export type UsageUnit = 'minute' | 'message' | 'kb';

/** An offer as a document. The catalog validates the YAML into this shape; events carry it whole. Decimal strings, no bigints. */
export interface OfferDocument {
  code: string;
  version: number;
  name: LocalizedText;
  kind: 'simple' | 'bundle';
  lineOfBusiness: LineOfBusiness;
  /** Product specification: `mobile-main`, `broadband`, …; null for a bundle. */
  specification: string | null;
  /** What stock one product of this offer needs, in this order; from its specification. */
  resourceNeeds: ResourceKind[];
  /** What provisioning must know: `downMbit: '500'`. The specification's, overridden by the offer's. */
  characteristics: Record<string, string>;
  /** Sale window in local days: first day, and the first day on which it is no longer sold (null: open). */
  effectiveFrom: LocalDate;
  effectiveTo: LocalDate | null;
  sale: SaleRules;
  recurringPrices: RecurringPrice[];
  usagePrices: UsagePrice[];
  /** `main`: usage of this product is charged by the offer of its card group's main card. */
  usagePricedBy: 'own' | 'main';
  allowances: Allowance[];
  discounts: OfferDiscount[];
  /** Null for a simple offer. */
  bundle: BundleRules | null;
}

/** When the offer may be sold, apart from its dates. */
export interface SaleRules {
  /** May be ordered without a bundle. */
  alone: boolean;
  /** The account must own, or the basket must hold, a product of one of these offers' specifications. */
  requires: { specification: string }[];
  /** At most so many products of this offer for one card group (sub cards), or one account; null: no limit. */
  atMost: { count: number; per: 'card-group' | 'account' } | null;
}

/** How the fee of a part of a period is charged. */
export type PartPeriodRule = 'prorate' | 'full' | 'none';

export interface RecurringPrice {
  /** Stable within the offer: `monthly-fee`. */
  code: string;
  chargeClass: string;
  label: LocalizedText;
  /** For a whole bill period, tax included. */
  amount: AmountText;
  timing: 'advance' | 'arrears';
  firstPeriod: PartPeriodRule;
  lastPeriod: PartPeriodRule;
  prorateBy: 'days-of-period' | 'fixed-30';
  taxClass: string;
}

/** An exact price: `amount` for every `per` units. */
export interface UnitPrice {
  amount: AmountText;
  /** Units, a whole number. */
  per: string;
}

export type UsagePriceModel =
  /** The same for every event, whatever its size. */
  | { kind: 'flat'; amount: AmountText }
  /** Linear. */
  | { kind: 'per-unit'; price: UnitPrice }
  /** Linear up to a maximum in each block of units, then free until the block is full, then the same again. */
  | { kind: 'repeating-step'; price: UnitPrice; blockUnits: string; blockMaximum: AmountText };

export interface UsagePrice {
  /** Stable over versions; the charge code of totals: `voice-out`, `data-out`. */
  code: string;
  usageClass: UsageClass;
  chargeClass: string;
  label: LocalizedText;
  taxClass: string;
  unit: UsageUnit;
  /** Counting of one event in measured units (seconds, KB, messages): at least `initial`, then whole `repeat`s; 0 counts 0. */
  increment: { initial: number; repeat: number };
  model: UsagePriceModel;
  /** Once per event of which anything is charged; null: none. */
  connectFee: AmountText | null;
  /** The counter that the model prices, per bill period. `card-group`: one counter and one bill line for the group, on its main card. */
  counter: 'product' | 'card-group';
  /** Beyond this amount a period nothing is charged and the service stops; null: no cap. */
  cap: { amount: AmountText; action: 'stop' } | null;
}

/** An included quantity per bill period. */
export interface Allowance {
  /** Stable within the offer: `data`, `minutes`. */
  code: string;
  label: LocalizedText;
  usageClasses: UsageClass[];
  unit: UsageUnit;
  /** Per whole period in `unit`, a whole number. */
  quantity: string;
  /** A part period's share is rounded up to a multiple of this many units (1048576 KB = whole GB). */
  wholeUnits: string;
  sharedBy: 'product' | 'card-group';
  firstPeriod: PartPeriodRule;
  lastPeriod: PartPeriodRule;
  prorateBy: 'days-of-period' | 'fixed-30';
  /** Lower is used first among base allowances that cover the same usage. */
  priority: number;
  rollover: Rollover | null;
}

export interface Rollover {
  /** For how many following periods what is left may be used. */
  periods: 1;
  /** At most so many units go over; null: all that is left. */
  cap: string | null;
  order: 'before-base' | 'after-base';
}

/** A discount that belongs to the offer itself. */
export interface OfferDiscount {
  code: string;
  label: LocalizedText;
  /** Which recurring price it takes from. */
  price: string;
  /** Of the period's price: `20`. */
  percent: string;
  /** For how many bill periods. */
  periods: number;
  /** How many periods after the one of the order it starts: 1 = the following month. */
  startsAfterPeriods: number;
  /** Never for a product that was ordered in a bundle, also after the bundle has ended. */
  onlyOrderedAlone: boolean;
}

export interface BundleMember {
  role: ProductRole;
  offering: string;
  minimum: number;
  maximum: number;
}

export interface BundleRules {
  members: BundleMember[];
  /** The bundle holds from when a product of each of these is active; losing one ends it at the end of that bill period. */
  holdsWhile: { role: ProductRole; offering: string }[];
  /** Prices of members while the bundle holds, shown as list amount and discount. */
  priceOverrides: BundlePriceOverride[];
  /** Allowances of the bundle's card group (or of a member's product) while it holds. */
  allowances: BundleAllowance[];
}

/** What becomes of a bundle's price or allowance once the bundle has ended: a member goes on by its own offer, or keeps it. */
export type AfterBundleEnd = 'ends' | 'stays';

export interface BundlePriceOverride {
  code: string;
  label: LocalizedText;
  role: ProductRole;
  offering: string;
  /** Code of the member's recurring price. */
  price: string;
  amount: AmountText;
  afterEnd: AfterBundleEnd;
}

export interface BundleAllowance extends Allowance {
  /** The member whose card group (or product) gets it. */
  role: ProductRole;
  offering: string;
  /** Codes of the member offer's own allowances that are not granted while the bundle holds. */
  replaces: string[];
  afterEnd: AfterBundleEnd;
}
