// Made by `npm run generate` from ../catalog.graphql: do not edit.

export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 in UTC with milliseconds: `2026-06-30T16:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** A calendar day: `2026-06-30`. */
  Date: { input: string; output: string; }
  /** An exact decimal as text: `132.67`. */
  Decimal: { input: string; output: string; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
};

export type Query = {
  /** A version of an offering; null when there is none. */
  productOffering: Maybe<ProductOffering>;
  /** The offerings that may be sold on a day, by code. */
  productOfferings: ProductOfferingConnection;
  /** The business parameters in force on a day, by code. */
  policies: PolicyConnection;
};


export type QueryProductOfferingArgs = {
  code: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryProductOfferingsArgs = {
  on?: InputMaybe<Scalars['Date']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPoliciesArgs = {
  on?: InputMaybe<Scalars['Date']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /**
   * Reads documents together with those applied before and publishes what is new: all of it or nothing. A published
   * version cannot change, only end.
   */
  applyCatalogDocuments: CatalogApplication;
};


export type MutationApplyCatalogDocumentsArgs = {
  files: Array<CatalogFileInput>;
  idempotencyKey: Scalars['String']['input'];
};

/** A document file. */
export type CatalogFileInput = {
  /** Its path, as errors shall name it: `catalog/convergent-199.yaml`. */
  path: Scalars['String']['input'];
  /** Its text, YAML. */
  text: Scalars['String']['input'];
};

/** What an application of documents did. */
export type CatalogApplication = {
  /** Versions that went live or got another window: `convergent-199@1`. */
  published: Array<Scalars['String']['output']>;
  /** Versions that were live already. */
  unchanged: Array<Scalars['String']['output']>;
};

/** Product text. */
export type LocalizedText = {
  /** English. */
  en: Scalars['String']['output'];
  /** Chinese. */
  zhCN: Scalars['String']['output'];
};

/** A page of offerings. */
export type ProductOfferingConnection = {
  /** The offerings with their cursors. */
  edges: Array<ProductOfferingEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** An offering on a page. */
export type ProductOfferingEdge = {
  /** Give it as `after` to continue behind this offering. */
  cursor: Scalars['String']['output'];
  /** The offering. */
  node: ProductOffering;
};

/** A version of an offering. Once published, all of it but the end of its sale stays as it is. */
export type ProductOffering = {
  /** The offering's code. */
  code: Scalars['ID']['output'];
  /** The version, from 1. */
  version: Scalars['Int']['output'];
  /** Name to show. */
  name: LocalizedText;
  /** One product, or several under one price. */
  kind: OfferingKind;
  /** `mobile`, `broadband`, `iptv`, `fixed-voice`, `cloud`, `convergent`. */
  lineOfBusiness: Scalars['String']['output'];
  /** The product specification that a product of it has; null for a bundle. */
  specification: Maybe<Scalars['String']['output']>;
  /** Kinds of stock that one product needs, in this order. */
  resourceNeeds: Array<Scalars['String']['output']>;
  /** What provisioning must know. */
  characteristics: Array<OfferingCharacteristic>;
  /** First day of sale. */
  effectiveFrom: Scalars['Date']['output'];
  /** First day on which it is not sold any more; null: open. */
  effectiveTo: Maybe<Scalars['Date']['output']>;
  /** Whether it may be ordered without a bundle. */
  soldAlone: Scalars['Boolean']['output'];
  /** Specifications of which the account must own a product, or order one with it. */
  requires: Array<Scalars['String']['output']>;
  /** How many products of it there may be; null: no limit. */
  atMost: Maybe<OfferingLimit>;
  /** Fees for each bill period. */
  recurringPrices: Array<OfferingRecurringPrice>;
  /** Prices of usage that no allowance covers. */
  usagePrices: Array<OfferingUsagePrice>;
  /** Whose prices apply to usage. */
  usagePricedBy: UsagePricedBy;
  /** Included quantities. */
  allowances: Array<OfferingAllowance>;
  /** Discounts that belong to the offering itself. */
  discounts: Array<OfferingDiscount>;
  /** What owning a product of it changes about other prices. */
  priceChanges: Array<OfferingPriceChange>;
  /** Rules of a bundle; null otherwise. */
  bundle: Maybe<OfferingBundle>;
  /** When this version went live, business time. */
  publishedAt: Scalars['DateTime']['output'];
};

/** Kinds of offering. */
export type OfferingKind =
  /** One product. */
  | 'SIMPLE'
  /** Several products. */
  | 'BUNDLE';

/** Whose prices apply to usage. */
export type UsagePricedBy =
  /** The offering's own. */
  | 'OWN'
  /** Those of the main card of its card group. */
  | 'MAIN';

/** Something that provisioning must know. */
export type OfferingCharacteristic = {
  /** Its name: `downMbit`. */
  name: Scalars['String']['output'];
  /** Its value: `500`. */
  value: Scalars['String']['output'];
};

/** A limit to the number of products. */
export type OfferingLimit = {
  /** At most so many. */
  count: Scalars['Int']['output'];
  /** For each card group or each account. */
  per: OfferingScope;
};

/** Where something is counted or shared. */
export type OfferingScope =
  /** One product. */
  | 'PRODUCT'
  /** A main card with its sub cards. */
  | 'CARD_GROUP'
  /** An account. */
  | 'ACCOUNT';

/** How the fee or the allowance of a part of a period is reckoned. */
export type PartPeriodRule =
  /** By days. */
  | 'PRORATE'
  /** As a whole period. */
  | 'FULL'
  /** Not at all. */
  | 'NONE';

/** When a fee is charged. */
export type ChargeTiming =
  /** Before its period. */
  | 'ADVANCE'
  /** After its period. */
  | 'ARREARS';

/** What a part of a period is compared with. */
export type ProrateBy =
  /** The days of the period. */
  | 'DAYS_OF_PERIOD'
  /** Thirty days. */
  | 'FIXED_30';

/** A fee for each bill period, tax included. */
export type OfferingRecurringPrice = {
  /** Stable within the offering: `monthly-fee`. */
  code: Scalars['String']['output'];
  /** Class of the bill line. */
  chargeClass: Scalars['String']['output'];
  /** Text of the bill line. */
  label: LocalizedText;
  /** Yuan for a whole bill period. */
  amount: Scalars['Decimal']['output'];
  /** Before or after the period. */
  timing: ChargeTiming;
  /** When the first period is not whole. */
  firstPeriod: PartPeriodRule;
  /** When the last period is not whole. */
  lastPeriod: PartPeriodRule;
  /** What days are compared with. */
  prorateBy: ProrateBy;
  /** Class in the tax policy. */
  taxClass: Scalars['String']['output'];
};

/** Kinds of usage. */
export type OfferingUsageClass =
  /** Calls. */
  | 'VOICE'
  /** Messages. */
  | 'SMS'
  /** Multimedia messages. */
  | 'MMS'
  /** Data. */
  | 'DATA'
  /** What somebody else has priced. */
  | 'CONTENT';

/** What a price or an allowance counts in. */
export type OfferingUsageUnit =
  /** Started minutes. */
  | 'MINUTE'
  /** Seconds. */
  | 'SECOND'
  /** Messages. */
  | 'MESSAGE'
  /** Kilobytes of 1024 bytes. */
  | 'KB'
  /** Items. */
  | 'ITEM';

/** How usage is priced. */
export type UsagePriceKind =
  /** The same for every event. */
  | 'FLAT'
  /** Linear. */
  | 'PER_UNIT'
  /** Linear up to a maximum in each block of units, free until the block is full, then the same again. */
  | 'REPEATING_STEP'
  /** Whole packages of units. */
  | 'PACKAGE'
  /** Each unit by the tier that it falls into. */
  | 'GRADUATED'
  /** All units by the tier that their total falls into. */
  | 'VOLUME'
  /** A share of each event's own amount. */
  | 'PERCENTAGE'
  /** Shares of the period's amounts, by tier. */
  | 'GRADUATED_PERCENTAGE'
  /** What somebody else has priced the event at, times a factor. */
  | 'DYNAMIC'
  /** By destination, time of day and length. */
  | 'RATES';

/** A price of usage, tax included. */
export type OfferingUsagePrice = {
  /** Stable over versions: `voice-out`. */
  code: Scalars['String']['output'];
  /** Kind of usage. */
  usageClass: OfferingUsageClass;
  /** Class of the bill line. */
  chargeClass: Scalars['String']['output'];
  /** Text of the bill line. */
  label: LocalizedText;
  /** Class in the tax policy. */
  taxClass: Scalars['String']['output'];
  /** What is counted. */
  unit: OfferingUsageUnit;
  /** How usage is priced. */
  kind: UsagePriceKind;
  /** Yuan for `per` units, or for an event; null where the model has several prices. */
  amount: Maybe<Scalars['Decimal']['output']>;
  /** Units that `amount` buys; null for a flat price. */
  per: Maybe<Scalars['String']['output']>;
  /** Size of a block of a repeating step, in units. */
  blockUnits: Maybe<Scalars['String']['output']>;
  /** Yuan beyond which the rest of a block is free. */
  blockMaximum: Maybe<Scalars['Decimal']['output']>;
  /** Yuan once per event of which anything is charged. */
  connectFee: Maybe<Scalars['Decimal']['output']>;
  /** Where units are counted, per bill period. */
  counter: OfferingScope;
  /** Yuan a bill period at which charging ends and the service stops. */
  cap: Maybe<Scalars['Decimal']['output']>;
  /** How much of one event is counted, in seconds, messages, kilobytes or items. */
  increment: OfferingIncrement;
  /** Units of a bill period that cost nothing. */
  freeUnits: Maybe<Scalars['String']['output']>;
  /** Yuan a bill period costs at least, once anything is used. */
  minimumSpend: Maybe<Scalars['Decimal']['output']>;
  /** Yuan a bill period costs at most; the service goes on. */
  maximumSpend: Maybe<Scalars['Decimal']['output']>;
  /** How an event's price is rounded; null: exact to six decimals. */
  eventRounding: Maybe<OfferingEventRounding>;
  /** First day on which usage starts that this price is for; null: always. */
  inForceFrom: Maybe<Scalars['Date']['output']>;
  /** First day no longer; null: open. */
  inForceTo: Maybe<Scalars['Date']['output']>;
  /** Of whole packages: whether one that was begun is charged. */
  chargesBegunPackage: Maybe<Scalars['Boolean']['output']>;
  /** Tiers, lowest first: of the graduated, the volume and the graduated percentage kinds; empty otherwise. */
  tiers: Array<OfferingPriceTier>;
  /** Of a percentage: its share and bounds. */
  share: Maybe<OfferingEventShare>;
  /** Of the dynamic kind: the factor. */
  multiplier: Maybe<Scalars['Decimal']['output']>;
  /** Of rates: code of the zone plan policy that knows their zones; null: one zone. */
  zonePlan: Maybe<Scalars['String']['output']>;
  /** Of rates: code of the calendar policy that knows their bands; null: one band. */
  calendar: Maybe<Scalars['String']['output']>;
  /** Rates; the first that fits counts. Empty otherwise. */
  rates: Array<OfferingRate>;
};

/** Counting of one event: at least `initial`, then whole `repeat`s. */
export type OfferingIncrement = {
  /** At least so much. */
  initial: Scalars['Int']['output'];
  /** Then in whole ones of this. */
  repeat: Scalars['Int']['output'];
};

/** How an event's price is rounded. */
export type OfferingEventRounding = {
  /** To so many decimals. */
  decimals: Scalars['Int']['output'];
  /** What becomes of the rest. */
  mode: EventRoundingMode;
};

/** What becomes of the rest when an amount is rounded. */
export type EventRoundingMode =
  /** To the nearest; a tie away from zero. */
  | 'HALF_AWAY_FROM_ZERO'
  /** Up. */
  | 'UP'
  /** Down. */
  | 'DOWN';

/** A tier of a price. */
export type OfferingPriceTier = {
  /** Where it ends, itself included: units, or yuan for percentages; null: open. */
  upTo: Maybe<Scalars['String']['output']>;
  /** Yuan for `per` units; null for percentages. */
  amount: Maybe<Scalars['Decimal']['output']>;
  /** Units that `amount` buys; null for percentages. */
  per: Maybe<Scalars['String']['output']>;
  /** Share of the amounts in the tier; null for prices per unit. */
  percent: Maybe<Scalars['Decimal']['output']>;
  /** Yuan charged once, when the tier is entered. */
  flat: Scalars['Decimal']['output'];
  /** The most that the tier's units cost, in yuan; null: no limit. */
  maximum: Maybe<Scalars['Decimal']['output']>;
};

/** A share of each event's own amount. */
export type OfferingEventShare = {
  /** The share. */
  percent: Scalars['Decimal']['output'];
  /** Yuan on top of every event. */
  fixedPerEvent: Scalars['Decimal']['output'];
  /** Yuan that an event costs at least. */
  minimumPerEvent: Maybe<Scalars['Decimal']['output']>;
  /** Yuan that an event costs at most. */
  maximumPerEvent: Maybe<Scalars['Decimal']['output']>;
  /** How many events of a bill period cost nothing. */
  freeEvents: Scalars['String']['output'];
  /** Yuan of a bill period that cost nothing. */
  freeAmount: Maybe<Scalars['Decimal']['output']>;
};

/** What usage to a zone in a band costs. */
export type OfferingRate = {
  /** Zone of the plan; null: any. */
  zone: Maybe<Scalars['String']['output']>;
  /** Band of the calendar; null: any. */
  band: Maybe<Scalars['String']['output']>;
  /** Prices by how long the event has lasted, from its start on. */
  steps: Array<OfferingRateStep>;
  /** Yuan once per event. */
  connectFee: Maybe<Scalars['Decimal']['output']>;
  /** Yuan that one event costs at most. */
  maximumPerEvent: Maybe<Scalars['Decimal']['output']>;
};

/** A price from some point of an event on. */
export type OfferingRateStep = {
  /** So many seconds, messages, kilobytes or items into the event. */
  from: Scalars['String']['output'];
  /** Yuan for `per` units. */
  amount: Scalars['Decimal']['output'];
  /** Units that `amount` buys. */
  per: Scalars['String']['output'];
  /** Counted in whole ones of this. */
  increment: Scalars['String']['output'];
};

/** An included quantity for each bill period. */
export type OfferingAllowance = {
  /** Stable within the offering: `data`. */
  code: Scalars['String']['output'];
  /** Text to show. */
  label: LocalizedText;
  /** Kinds of usage that it covers. */
  usageClasses: Array<OfferingUsageClass>;
  /** What is counted. */
  unit: OfferingUsageUnit;
  /** How many for a whole period. */
  quantity: Scalars['String']['output'];
  /** Who shares it. */
  sharedBy: OfferingScope;
  /** A part period's share is rounded up to a multiple of this many units. */
  wholeUnits: Scalars['String']['output'];
  /** Lower is used first among allowances of one rank. */
  priority: Scalars['Int']['output'];
  /** Base allowances are used before add-on packs. */
  rank: AllowanceRank;
  /** Only usage to these zones of the price's zone plan; null: any. */
  zones: Maybe<Array<Scalars['String']['output']>>;
  /** Only usage in these bands of the price's calendar; null: any. */
  bands: Maybe<Array<Scalars['String']['output']>>;
  /** Units of it that each other product may use a period; null: no limit. */
  memberCap: Maybe<Scalars['String']['output']>;
  /** Each event takes whole ones of so many units; null: what it uses. */
  takenIn: Maybe<Scalars['String']['output']>;
  /** Whether usage that it covers is refused once it is used up. */
  isBlocker: Scalars['Boolean']['output'];
  /** Granted once, for so many days from the start of the product; null: each period. */
  validDays: Maybe<Scalars['Int']['output']>;
  /** For how many following periods what is left may be used; 0: it does not roll over. */
  rolloverPeriods: Scalars['Int']['output'];
  /** Units that go over at most; null: all that is left. */
  rolloverCap: Maybe<Scalars['String']['output']>;
  /** Of a bundle: the role whose card group or product gets it. */
  role: Maybe<Scalars['String']['output']>;
  /** Of a bundle: codes of the member's own allowances that are not granted while the bundle holds. */
  replaces: Array<Scalars['String']['output']>;
  /** Of a bundle: what becomes of it once the bundle has ended. */
  afterEnd: Maybe<AfterBundleEnd>;
};

/** Order of use among allowances. */
export type AllowanceRank =
  /** Used first. */
  | 'BASE'
  /** A pack: used once the base is used up. */
  | 'ADD_ON';

/** A change that owning a product makes to the price of another one. */
export type OfferingPriceChange = {
  /** Stable within the offering. */
  code: Scalars['String']['output'];
  /** Text to show. */
  label: LocalizedText;
  /** Products of this offering change; null: those of a specification. */
  offering: Maybe<Scalars['ID']['output']>;
  /** Products of this specification change; null: those of an offering. */
  specification: Maybe<Scalars['String']['output']>;
  /** Where the other product has to be. */
  within: PriceChangeScope;
  /** Code of the price that changes; null: every fee. */
  price: Maybe<Scalars['String']['output']>;
  /** Yuan instead; null: a share less. */
  amount: Maybe<Scalars['Decimal']['output']>;
  /** So many percent less; null: another amount. */
  percentLess: Maybe<Scalars['Decimal']['output']>;
  /** Where several change one price: lower first. */
  priority: Scalars['Int']['output'];
};

/** Where a changed price has to be. */
export type PriceChangeScope =
  /** In the same account. */
  | 'ACCOUNT'
  /** In the same balance group. */
  | 'BALANCE_GROUP';

/** What becomes of a bundle's price or allowance once the bundle has ended. */
export type AfterBundleEnd =
  /** The member goes on by its own offering. */
  | 'ENDS'
  /** The member keeps it. */
  | 'STAYS';

/** A discount that belongs to an offering. */
export type OfferingDiscount = {
  /** Stable within the offering. */
  code: Scalars['String']['output'];
  /** Text of the bill line. */
  label: LocalizedText;
  /** Code of the recurring price that it takes from. */
  price: Scalars['String']['output'];
  /** Of the period's price. */
  percent: Scalars['Decimal']['output'];
  /** For how many bill periods. */
  periods: Scalars['Int']['output'];
  /** How many periods after the one of the order it starts. */
  startsAfterPeriods: Scalars['Int']['output'];
  /** Never for a product that was ordered in a bundle. */
  onlyOrderedAlone: Scalars['Boolean']['output'];
};

/** Rules of a bundle. */
export type OfferingBundle = {
  /** What it may hold. */
  members: Array<OfferingBundleMember>;
  /** The members without which it ends, at the end of that bill period. */
  holdsWhile: Array<OfferingBundleCondition>;
  /** Prices of members while it holds. */
  priceOverrides: Array<OfferingPriceOverride>;
  /** Allowances while it holds. */
  allowances: Array<OfferingAllowance>;
};

/** Something that a bundle may hold. */
export type OfferingBundleMember = {
  /** `main`, `sub`, `broadband`, `iptv`, `fixed`, `cloud`. */
  role: Scalars['String']['output'];
  /** Code of the member's offering. */
  offering: Scalars['ID']['output'];
  /** At least so many. */
  minimum: Scalars['Int']['output'];
  /** At most so many. */
  maximum: Scalars['Int']['output'];
};

/** A member without which a bundle ends. */
export type OfferingBundleCondition = {
  /** The member's role. */
  role: Scalars['String']['output'];
  /** Code of the member's offering. */
  offering: Scalars['ID']['output'];
};

/** A member's price while a bundle holds, shown as list amount and discount. */
export type OfferingPriceOverride = {
  /** Stable within the offering. */
  code: Scalars['String']['output'];
  /** Text of the discount. */
  label: LocalizedText;
  /** The member's role. */
  role: Scalars['String']['output'];
  /** Code of the member's offering. */
  offering: Scalars['ID']['output'];
  /** Code of the member's recurring price. */
  price: Scalars['String']['output'];
  /** Yuan instead of the member's own. */
  amount: Scalars['Decimal']['output'];
  /** What becomes of it once the bundle has ended. */
  afterEnd: AfterBundleEnd;
};

/** A page of policies. */
export type PolicyConnection = {
  /** The policies with their cursors. */
  edges: Array<PolicyEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A policy on a page. */
export type PolicyEdge = {
  /** Give it as `after` to continue behind this policy. */
  cursor: Scalars['String']['output'];
  /** The policy. */
  node: Policy;
};

/** A version of business parameters. */
export type Policy = {
  /** The policy's code: `tax`. */
  code: Scalars['ID']['output'];
  /** The version, from 1. */
  version: Scalars['Int']['output'];
  /** Such as `tax`, `billing`, `usage-source`, `zone-plan`, `calendar`, `discount`. */
  kind: Scalars['String']['output'];
  /** First day in force. */
  effectiveFrom: Scalars['Date']['output'];
  /** First day not in force any more; null: open. */
  effectiveTo: Maybe<Scalars['Date']['output']>;
  /** All of it. */
  document: Scalars['JSON']['output'];
  /** When this version went live, business time. */
  publishedAt: Scalars['DateTime']['output'];
};

/** Where a page ends. */
export type PageInfo = {
  /** Whether there is a page after this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` for the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};
