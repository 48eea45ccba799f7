import type { LocalDate } from '@ronghe/kernel';
import type { ContractTerms } from './contract-terms';
import type { MoveTerms } from './move-terms';
import type { OfferDiscount } from './offer-discount';
import type { ProductRole, ResourceKind } from './ordering';
import type { TaxPart } from './tax-part';
import type { AmountText, LocalizedText } from './text';

export type LineOfBusiness = 'mobile' | 'broadband' | 'iptv' | 'fixed-voice' | 'cloud' | 'convergent';

/** What a customer uses and a price counts. `content`: something that somebody else has priced (an app, a song, a parking slot). */
export type UsageClass = 'voice' | 'sms' | 'mms' | 'data' | 'content';

/** What a price or an allowance counts in. Usage is measured in seconds, messages, kilobytes and items. */
export type UsageUnit = 'minute' | 'second' | 'message' | 'kb' | 'item';

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
  /** Prices of other products that owning this one changes. */
  priceChanges?: PriceChange[];
  /**
   * From when a product that is moved to this offer is held on it: the start of a bill period to come, or the start of the
   * day of the order. Left out: `next-period`.
   */
  changeTakesEffect?: 'next-period' | 'at-once';
  /** What it costs to move a product of it to another address, once each; left out: nothing, where it lies at one. */
  move?: MoveTerms;
  /** For how long the product is taken, what is given for it, and what leaving earlier costs. Left out: none. */
  contract?: ContractTerms;
  /** Mends this earlier version: takes its place for all that was sold under it, also in the past; usage is re-rated on request. */
  corrects?: number;
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
  /**
   * The fee is for services of several tax classes: it is split over them by what each costs alone, a line for each class.
   * Left out: all of it is of `taxClass`. Prepaid fees are debited and taxed whole, as of `taxClass`.
   */
  taxParts?: TaxPart[];
  /**
   * `paused`: whole local days of a full stop that the customer wished (`customer-wish`, `sim-lost`) are not charged. Left
   * out: they are.
   */
  whileStopped?: 'paused';
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
  | { kind: 'repeating-step'; price: UnitPrice; blockUnits: string; blockMaximum: AmountText }
  /** Whole packages of `size` units; `up`: one that was begun is paid for, `down`: only full ones are. */
  | { kind: 'package'; price: AmountText; size: string; rounding: 'up' | 'down' }
  /** Each unit costs what the tier says that it falls into; `flat` once the tier is entered; `maximum` for its units. */
  | { kind: 'graduated'; tiers: GraduatedPriceTier[] }
  /** All units cost what the tier says that their total falls into. */
  | { kind: 'volume'; tiers: VolumePriceTier[] }
  /** A share of each event's own amount (`UsageEvent.amount`), within bounds for each event. */
  | {
      kind: 'percentage';
      percent: string;
      fixedPerEvent: AmountText;
      minimumPerEvent: AmountText | null;
      maximumPerEvent: AmountText | null;
      freeEvents: string;
      freeAmount: AmountText | null;
    }
  /** A share of the amounts of the period, by the tier that each part falls into. */
  | { kind: 'graduated-percentage'; tiers: PercentagePriceTier[] }
  /** What somebody else has priced the event at, times `multiplier`. */
  | { kind: 'dynamic'; multiplier: string }
  /** By destination, time of day and length of the event; linear in each cell. */
  | { kind: 'rates'; rates: UsageRates };

/** Where a tier ends: `upTo` belongs to it; null: the last one, open. Units, or yuan for percentages. */
interface PriceTierEnd {
  upTo: string | null;
}
export interface GraduatedPriceTier extends PriceTierEnd {
  price: UnitPrice;
  flat: AmountText;
  maximum: AmountText | null;
}
export interface VolumePriceTier extends PriceTierEnd {
  price: UnitPrice;
  flat: AmountText;
}
export interface PercentagePriceTier extends PriceTierEnd {
  percent: string;
  flat: AmountText;
}

/**
 * Rates by zone and band. Zones are found by longest prefix of the other side's number in a zone plan, bands by local
 * time in a calendar; both are policy documents, of which the version in force at the start of the usage counts.
 */
export interface UsageRates {
  /** Code of a `zone-plan` policy; null: there is one zone. */
  zonePlan: string | null;
  /** Code of a `calendar` policy; null: there is one band. */
  calendar: string | null;
  /** The first rate whose zone and band fit an event's part applies; none: the part has no price. */
  rates: UsageRate[];
}

export interface UsageRate {
  /** Zone of the plan; null: any. */
  zone: string | null;
  /** Band of the calendar; null: any. */
  band: string | null;
  /** From so many measured units into the event on (the first from '0'): in-call changes of the rate. What is charged is counted in whole `increment`s. */
  steps: { from: string; price: UnitPrice; increment: string }[];
  connectFee: AmountText | null;
  /** The most that one event costs; null: no limit. */
  maximumPerEvent: AmountText | null;
}

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
  /** Units of the counter that cost nothing, before the model; default none. */
  freeUnits?: string;
  /** At least so much a period for the counter, charged with its first event; where none comes, by days with the bill. Default none. */
  minimumSpend?: AmountText | null;
  /** At most so much a period for the counter; the service goes on. Default none. */
  maximumSpend?: AmountText | null;
  /** An event's price is rounded to so many decimals before it is counted, half away from zero; default: exact. */
  roundEvent?: { decimals: number; mode: 'half-away-from-zero' | 'up' | 'down' } | null;
  /** Only usage that starts on these local days, half-open; prices of one class follow each other. Default: always. */
  inForce?: { from: LocalDate; to: LocalDate | null } | null;
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
  /** Lower is used first among allowances of one rank that cover the same usage. */
  priority: number;
  rollover: Rollover | null;
  /** Base allowances are used before add-on packs, those before out-of-bundle prices. Default `base`. */
  rank?: 'base' | 'add-on';
  /** Only usage to these zones of the price's zone plan; null or absent: any. */
  zones?: string[] | null;
  /** Only usage in these bands of the price's calendar; null or absent: any. */
  bands?: string[] | null;
  /** Each other product that shares it may use at most so many units of it a period; null or absent: no limit. */
  memberCap?: string | null;
  /** Each event takes whole ones of these, in `unit` (60 of seconds: begun minutes); null or absent: what it uses. */
  increment?: string | null;
  /** Once it is used up, usage that it covers is refused (online) or unpriced (`blocked`), not charged. Default false. */
  isBlocker?: boolean;
  /** Granted once, valid so many days from the start of the product, over period ends; null or absent: each period. */
  validDays?: number | null;
}

export interface Rollover {
  /** For how many following periods what is left may be used. */
  periods: 1;
  /** At most so many units go over; null: all that is left. */
  cap: string | null;
  order: 'before-base' | 'after-base';
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

/** A product that an account owns changes the price of another one that it owns. */
export interface PriceChange {
  code: string;
  label: LocalizedText;
  /** Products of this offering, or of this specification, in the account (or in the balance group). */
  of: { offering: string } | { specification: string };
  within: 'account' | 'balance-group';
  /** Code of the recurring or usage price that changes; null: every recurring price. */
  price: string | null;
  /** The price that holds instead, or how many percent less. For usage prices only percent. */
  to: { amount: AmountText } | { percentLess: string };
  /** Where several change one price: lower first; a `percentLess` then applies to what the one before left. */
  priority: number;
}
