// Made by `npm run generate` from ../ordering.graphql: do not edit.

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
  /** An exact decimal number as text: `159.00`. Money is in yuan. */
  Decimal: { input: string; output: string; }
  /** A calendar day: `2026-06-30`. */
  Date: { input: string; output: string; }
};

export type Query = {
  /** What a basket costs if it is active from now on, and whether it may be sold at all. Nothing is stored. */
  quote: Quote;
  /** A quote that was saved; null when there is none. */
  savedQuote: Maybe<SavedQuote>;
  /** An order by id; null when there is none. */
  order: Maybe<Order>;
  /** An installed product by id; null when there is none. */
  product: Maybe<Product>;
};


export type QueryQuoteArgs = {
  input: OrderInput;
};


export type QuerySavedQuoteArgs = {
  quoteId: Scalars['ID']['input'];
};


export type QueryOrderArgs = {
  orderId: Scalars['ID']['input'];
  waitSeconds?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryProductArgs = {
  productId: Scalars['ID']['input'];
};

export type Mutation = {
  /** Prices a basket and keeps the quote: for 30 days it may be ordered with the offers' versions of today. */
  saveQuote: SavedQuote;
  /** Accepts an order, or says why it may not be placed. What follows (stock, services) goes on by itself: see `order`. */
  placeOrder: Order;
  /** Orders the end of products. What needs one of them has to be ended with it. */
  terminateProducts: Order;
  /** Orders that products go on under other offers of their specification: a change of plan. Number, card and card group stay. With a bundle named, the products together join a new one of it; a product whose new offer its bundle does not have leaves the bundle. It counts as the offer says: from the next bill period, or at once. Refused with offer_other_specification, offer_same, offer_not_on_sale, offer_not_sold_alone, product_in_order, product_not_active, effective_day_invalid, backdate_reason_missing, backdate_too_far, bundle_member_missing. */
  changeProducts: Order;
  /** Orders that products are moved to another address, all to one. What their offers say is renewed there (a port) is given back and taken anew; numbers stay. Refused with product_not_movable, product_in_order, product_not_active. */
  moveProducts: Order;
  /** Orders that products are stopped, all for one reason. Blocks of several reasons stack; one of the same reason changes to the new kind. Where money is owed, a main card takes its sub cards with it. Counter (its customers' wishes only) and operations. Refused with product_blocked_already, product_in_order, product_not_active, block_reason_reserved. */
  suspendProducts: Order;
  /** Orders that the block of one reason is lifted from products; they run again once no block is left. Counter (its customers' wishes only) and operations. Refused with product_not_blocked, product_in_order, product_not_active, block_reason_reserved. */
  resumeProducts: Order;
  /** Cancels an order that has not passed the point of no return. Everything that it held goes back. */
  cancelOrder: Order;
};


export type MutationSaveQuoteArgs = {
  input: OrderInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationPlaceOrderArgs = {
  input: OrderInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationTerminateProductsArgs = {
  input: TerminateProductsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationChangeProductsArgs = {
  input: ChangeProductsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationMoveProductsArgs = {
  input: MoveProductsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationSuspendProductsArgs = {
  input: SuspendProductsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationResumeProductsArgs = {
  input: ResumeProductsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCancelOrderArgs = {
  orderId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  idempotencyKey: Scalars['String']['input'];
};

/** A customer, as far as ordering knows. */
export type Customer = {
  /** The customer's id. */
  customerId: Scalars['ID']['output'];
  /** The customer's orders, newest first. */
  orders: OrderConnection;
  /** The customer's installed products, in the order in which they were ordered. */
  products: ProductConnection;
};


/** A customer, as far as ordering knows. */
export type CustomerOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A customer, as far as ordering knows. */
export type CustomerProductsArgs = {
  liveOnly?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An account, as far as ordering knows. */
export type Account = {
  /** The account's id. */
  accountId: Scalars['ID']['output'];
  /** Orders for this account, newest first. */
  orders: OrderConnection;
  /** Products that this account pays for, in the order in which they were ordered. */
  products: ProductConnection;
};


/** An account, as far as ordering knows. */
export type AccountOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** An account, as far as ordering knows. */
export type AccountProductsArgs = {
  liveOnly?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A product order: it adds products, terminates, changes, blocks or frees some. */
export type Order = {
  /** The order's id, a UUID. */
  orderId: Scalars['ID']['output'];
  /** Who ordered. */
  customer: Customer;
  /** Who pays. */
  account: Account;
  /** What it does. */
  kind: OrderKind;
  /** Where it stands. */
  state: OrderState;
  /** The step that it is at, for the operator: `holding`, `provisioning`, `recalling`, … */
  step: Scalars['String']['output'];
  /** Why it failed or was cancelled; null otherwise. */
  reason: Maybe<OrderReason>;
  /** The bundle that its items are sold under. */
  bundleOfferingCode: Maybe<Scalars['String']['output']>;
  /** The quote that it was placed by. */
  quoteId: Maybe<Scalars['ID']['output']>;
  /** Its items. */
  items: Array<OrderItem>;
  /** Every state that it was in, first to last. */
  history: Array<OrderStateChange>;
  /** When it was placed, business time. */
  placedAt: Scalars['DateTime']['output'];
  /** From when on what it does counts; null: from when it is done. It waits for one that lies ahead. */
  effectiveAt: Maybe<Scalars['DateTime']['output']>;
  /** Why it counts from a day that had passed. */
  backdateReason: Maybe<Scalars['String']['output']>;
  /** Who placed it. */
  placedBy: Scalars['String']['output'];
  /** When it was completed, cancelled or failed; null until then. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
};

/** What an order does. */
export type OrderKind =
  /** It adds products. */
  | 'SALE'
  /** It ends products. 拆机 */
  | 'TERMINATION'
  /** It moves products to other offers. 套餐变更 */
  | 'CHANGE'
  /** It moves products to another address. 移机 */
  | 'MOVE'
  /** It blocks products. 停机 */
  | 'SUSPENSION'
  /** It lifts a block of products. 复机 */
  | 'RESUMPTION';

/** Where an order stands. */
export type OrderState =
  /** Accepted; it waits for the day from which it counts, and can be cancelled. */
  | 'PENDING'
  /** Accepted; nothing has been done yet. */
  | 'ACKNOWLEDGED'
  /** Stock and services are being arranged. */
  | 'IN_PROGRESS'
  /** It was cancelled; what was done is being undone. If the services were finished before, it completes. */
  | 'PENDING_CANCELLATION'
  /** Everything is done: its products are in force, or have ended. */
  | 'COMPLETED'
  /** It was cancelled; everything that it held went back. */
  | 'CANCELLED'
  /** It could not be done; everything that it held went back. */
  | 'FAILED';

/** Why an order did not go through. */
export type OrderReason = {
  /** A stable code: `out_of_stock`, `resource_not_available`, `service_order_failed`, `cancelled`. */
  code: Scalars['String']['output'];
  /** A sentence for people. */
  text: Scalars['String']['output'];
};

/** One item of an order. */
export type OrderItem = {
  /** 1, 2, … in the order. */
  itemNo: Scalars['Int']['output'];
  /** What it does to the product. */
  action: OrderItemAction;
  /** Id of the product that it is about. */
  productId: Scalars['ID']['output'];
  /** The product; null until the order is completed. */
  product: Maybe<Product>;
  /** The offering. */
  offeringCode: Scalars['String']['output'];
  /** The offering's version that is sold. */
  offeringVersion: Scalars['Int']['output'];
  /** What the product does in its bundle. */
  role: ProductRole;
  /** Name of the card, unique in the account. */
  card: Scalars['String']['output'];
  /** The number that the customer chose. */
  requestedNumber: Maybe<Scalars['String']['output']>;
  /** What is held or sold from stock, or goes back; else what the product has. */
  resources: Array<ProductResource>;
  /** Why the product is blocked, or was: which block the item places or lifts. Null where it does neither. */
  blockReason: Maybe<BlockReason>;
  /** Where the product is moved to; null where it is not. */
  address: Maybe<Scalars['String']['output']>;
  /** What the block that it places stops; null where it places none. */
  blockKind: Maybe<BlockKind>;
};

/** What an item does. */
export type OrderItemAction =
  /** Adds a product. */
  | 'ADD'
  /** Ends a product. */
  | 'DELETE'
  /** Moves a product to another offer. */
  | 'CHANGE'
  /** Moves a product to another address. */
  | 'MOVE'
  /** Blocks a product. */
  | 'SUSPEND'
  /** Lifts a block of a product. */
  | 'RESUME';

/** A state of an order. */
export type OrderStateChange = {
  /** 1, 2, … */
  sequence: Scalars['Int']['output'];
  /** The state. */
  state: OrderState;
  /** The step. */
  step: Scalars['String']['output'];
  /** Why, where something went wrong or somebody wished it. */
  reason: Maybe<OrderReason>;
  /** When, business time. */
  at: Scalars['DateTime']['output'];
  /** Who caused it: a member of staff, a partner or the system. */
  recordedBy: Scalars['String']['output'];
};

/** What a customer has: a product in force, or one that was. */
export type Product = {
  /** The product's id, a UUID. */
  productId: Scalars['ID']['output'];
  /** Whose it is. */
  customer: Customer;
  /** Who pays for it. */
  account: Account;
  /** The order that added it. */
  order: Order;
  /** The offering that it was sold by. */
  offeringCode: Scalars['String']['output'];
  /** The offering's version; it stays until the product is migrated. */
  offeringVersion: Scalars['Int']['output'];
  /** The offering's name, English. */
  name: Scalars['String']['output'];
  /** The offering's name, Chinese. */
  nameZh: Scalars['String']['output'];
  /** What it does in its bundle. */
  role: ProductRole;
  /** Name of the card, unique among the account's products in force. */
  card: Scalars['String']['output'];
  /** The bundle offering that it was sold under. */
  bundleOfferingCode: Maybe<Scalars['String']['output']>;
  /** Products sold together in one bundle share this id. */
  bundleId: Maybe<Scalars['ID']['output']>;
  /** Products that share allowances and counters have the same id here: that of the main card. */
  cardGroupId: Scalars['ID']['output'];
  /** The number that people call, where it has one. */
  number: Maybe<Scalars['String']['output']>;
  /** Numbers, SIM and devices. */
  resources: Array<ProductResource>;
  /** Usage classes that are charged online: `data`. */
  onlineClasses: Array<Scalars['String']['output']>;
  /** Whether it is in force, blocked or has ended. */
  status: ProductStatus;
  /** What stops it now: several blocks may hold at once, the strictest decides. Empty while it runs. */
  blocks: Array<ProductBlock>;
  /** What is stopped, all blocks together; null when nothing is. */
  barring: Maybe<BlockKind>;
  /** The contract that it is, or was last, held under; null: none. */
  contract: Maybe<ProductContract>;
  /** The offers and bundles that it was held under before, oldest first. */
  earlierTerms: Array<ProductTerms>;
  /** In force from, inclusive. */
  effectiveFrom: Scalars['DateTime']['output'];
  /** In force until, exclusive; null until further notice. */
  effectiveTo: Maybe<Scalars['DateTime']['output']>;
  /** Every version that was recorded, first to last. */
  history: Array<ProductVersion>;
};

/** For how long a product is taken, what is given for it, and what leaving costs. 合约 */
export type ProductContract = {
  /** Offers with the same contract continue it. */
  code: Scalars['String']['output'];
  /** Its name, English. */
  label: Scalars['String']['output'];
  /** Its name, Chinese. */
  labelZh: Scalars['String']['output'];
  /** How many months it has. */
  months: Scalars['Int']['output'];
  /** Whether it begins anew at its end. */
  renews: Scalars['Boolean']['output'];
  /** Its first day. */
  startsOn: Scalars['Date']['output'];
  /** The first day after its first run of months. */
  endsOn: Scalars['Date']['output'];
  /** Full months that were served until today, or until it was left. */
  monthsServed: Scalars['Int']['output'];
  /** The first day on which leaving costs nothing; null: nothing binds any more. */
  boundUntil: Maybe<Scalars['Date']['output']>;
  /** The first day that was not served any more; null while it is held. */
  leftOn: Maybe<Scalars['Date']['output']>;
  /** What leaving today costs; where it was left, what that cost. */
  terminationFee: Scalars['Decimal']['output'];
  /** The row of the table and how the fee comes about, English; null where leaving costs nothing. */
  terminationFeeExplanation: Maybe<Scalars['String']['output']>;
  /** The same, Chinese. */
  terminationFeeExplanationZh: Maybe<Scalars['String']['output']>;
  /** What it gives. */
  benefits: Array<ContractBenefit>;
};

/** What a contract gives in bill periods, counted from the one in which it begins. */
export type ContractBenefit = {
  /** Stable within the offer. */
  code: Scalars['String']['output'];
  /** Its name, English. */
  label: Scalars['String']['output'];
  /** Its name, Chinese. */
  labelZh: Scalars['String']['output'];
  /** Whether it is off the fee, or given. */
  kind: ContractBenefitKind;
  /** For a whole bill period, tax included. */
  amount: Scalars['Decimal']['output'];
  /** For how many periods. */
  periods: Scalars['Int']['output'];
  /** How many periods after the first it starts. */
  startsAfterPeriods: Scalars['Int']['output'];
};

/** How a contract gives something. */
export type ContractBenefitKind =
  /** So much less of the fee. 月租减免 */
  | 'FEE'
  /** Money on the bill. 返费 */
  | 'GIFT';

/** The offer and the bundle that a product was held under for a time. */
export type ProductTerms = {
  /** The offering. */
  offeringCode: Scalars['String']['output'];
  /** The offering's version. */
  offeringVersion: Scalars['Int']['output'];
  /** What it did in its bundle. */
  role: ProductRole;
  /** The bundle offering. */
  bundleOfferingCode: Maybe<Scalars['String']['output']>;
  /** The bundle's id. */
  bundleId: Maybe<Scalars['ID']['output']>;
  /** From when, inclusive. */
  from: Scalars['DateTime']['output'];
  /** Until when, exclusive. */
  to: Scalars['DateTime']['output'];
};

/** How a product stands. */
export type ProductStatus =
  /** In force. 在用 */
  | 'ACTIVE'
  /** In force, but blocked: see its blocks. 停机 */
  | 'SUSPENDED'
  /** It has ended. */
  | 'TERMINATED';

/** A block of a product, in force or lifted. */
export type ProductBlock = {
  /** What it stops. */
  kind: BlockKind;
  /** Why. */
  reason: BlockReason;
  /** The order that placed it. */
  orderId: Scalars['ID']['output'];
  /** Since when, business time. */
  from: Scalars['DateTime']['output'];
  /** Until when, exclusive; null while it is in force. */
  to: Maybe<Scalars['DateTime']['output']>;
};

/** What a block stops. */
export type BlockKind =
  /** Outgoing use: calls and messages that the customer makes, and data. 单停 */
  | 'BARRED_OUTGOING'
  /** Everything. 双停 */
  | 'FULL_STOP';

/** Why a product is blocked. */
export type BlockReason =
  /** The customer wished it; the number is kept. 停机保号 */
  | 'CUSTOMER_WISH'
  /** The SIM or the device was lost. 挂失 */
  | 'SIM_LOST'
  /** A recurring fee of a prepaid account is unpaid. 月租欠费 */
  | 'UNPAID_FEE'
  /** A bill is overdue: dunning. 欠费停机 */
  | 'DUNNING'
  /** The credit limit is used up. 超信用额度 */
  | 'CREDIT_LIMIT';

/** What a product does in its bundle. */
export type ProductRole =
  /** The main card. */
  | 'MAIN'
  /** A sub card, which uses the main card's allowance. */
  | 'SUB'
  /** A broadband line. */
  | 'BROADBAND'
  /** A set for IPTV. */
  | 'IPTV'
  /** A fixed line. */
  | 'FIXED'
  /** Cloud storage. */
  | 'CLOUD'
  /** Not sold in a bundle. */
  | 'ALONE';

/** Something from stock that a product uses. */
export type ProductResource = {
  /** Its id in inventory. */
  resourceId: Scalars['ID']['output'];
  /** Its kind: `mobile_number`, `sim`, `optical_terminal`, … */
  kind: Scalars['String']['output'];
  /** What people know it by: number, ICCID, serial number. */
  value: Scalars['String']['output'];
};

/** A version of a product in its history. */
export type ProductVersion = {
  /** 1, 2, … */
  version: Scalars['Int']['output'];
  /** What happened: `activated`, `changed`, `moved`, `suspended`, `resumed`, `terminated`. */
  cause: Scalars['String']['output'];
  /** Every block that it had had by then, oldest first; those in force have no end. */
  blocks: Array<ProductBlock>;
  /** In force from, inclusive. */
  effectiveFrom: Scalars['DateTime']['output'];
  /** In force until, exclusive. */
  effectiveTo: Maybe<Scalars['DateTime']['output']>;
  /** Since when this was known, business time. */
  recordedAt: Scalars['DateTime']['output'];
  /** Who recorded it. */
  recordedBy: Scalars['String']['output'];
};

/** What a basket costs. */
export type Quote = {
  /** The bill period in which it starts, by days where the offers say so. */
  firstPeriod: QuotedPeriod;
  /** The whole period after it. */
  monthly: QuotedPeriod;
};

/** A quote that may be ordered. */
export type SavedQuote = {
  /** The quote's id; `placeOrder` takes it in place of items. */
  quoteId: Scalars['ID']['output'];
  /** For whom. */
  customer: Customer;
  /** Who would pay. */
  account: Account;
  /** The price. */
  price: Quote;
  /** When it was made, business time. */
  createdAt: Scalars['DateTime']['output'];
  /** Until when it may be ordered, exclusive. */
  validUntil: Scalars['DateTime']['output'];
};

/** The fees of one bill period. */
export type QuotedPeriod = {
  /** The period: `2026-06`. */
  period: Scalars['String']['output'];
  /** First instant. */
  from: Scalars['DateTime']['output'];
  /** First instant after it. */
  to: Scalars['DateTime']['output'];
  /** One line per card and charge class. */
  lines: Array<QuotedLine>;
  /** Sum before discounts. */
  listTotal: Scalars['Decimal']['output'];
  /** Sum of discounts. */
  discountTotal: Scalars['Decimal']['output'];
  /** What is to be paid, tax included. */
  total: Scalars['Decimal']['output'];
};

/** One fee of a quote. */
export type QuotedLine = {
  /** Name of the card. */
  card: Scalars['String']['output'];
  /** Kind of charge: `plan-fee`, `sub-card-fee`. */
  chargeClass: Scalars['String']['output'];
  /** Its name, English. */
  label: Scalars['String']['output'];
  /** Its name, Chinese. */
  labelZh: Scalars['String']['output'];
  /** Before discounts. */
  amount: Scalars['Decimal']['output'];
  /** Discount. */
  discount: Scalars['Decimal']['output'];
  /** What is to be paid. */
  net: Scalars['Decimal']['output'];
  /** How it comes about, English. */
  explanation: Scalars['String']['output'];
  /** How it comes about, Chinese. */
  explanationZh: Scalars['String']['output'];
};

/** A page of orders. */
export type OrderConnection = {
  /** The orders of the page with their cursors. */
  edges: Array<OrderEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** An order on a page. */
export type OrderEdge = {
  /** Give it as `after` to continue behind this order. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

/** A page of products. */
export type ProductConnection = {
  /** The products of the page with their cursors. */
  edges: Array<ProductEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A product on a page. */
export type ProductEdge = {
  /** Give it as `after` to continue behind this product. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
};

/** Where a page ends. */
export type PageInfo = {
  /** Whether there is a page after this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` for the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};

/** What is ordered, by whom. */
export type OrderInput = {
  /** Who orders. */
  customerId: Scalars['ID']['input'];
  /** Who pays: an account of this customer. */
  accountId: Scalars['ID']['input'];
  /** The bundle that the items are sold under. */
  bundleOfferingCode?: InputMaybe<Scalars['String']['input']>;
  /** A saved quote to order as it is, in place of bundle and items. */
  quoteId?: InputMaybe<Scalars['ID']['input']>;
  /** The items, 50 at most. */
  items?: Array<OrderItemInput>;
  /** From the start of which day the products count; left out: from when they are active. The order waits for one to come. */
  effectiveOn?: InputMaybe<Scalars['Date']['input']>;
  /** Why it counts from a day that has passed. */
  backdateReason?: InputMaybe<Scalars['String']['input']>;
  /** Through which sales channel it is sold, for reports: a code of yours, `hall` or `app`. Its products keep it. */
  channel?: InputMaybe<Scalars['String']['input']>;
};

/** An offering to add. */
export type OrderItemInput = {
  /** The offering. */
  offeringCode: Scalars['String']['input'];
  /** What it does in the bundle, where the offering may do several things there. */
  role?: InputMaybe<ProductRole>;
  /** Name of the card; else `main`, `sub1`, `broadband`, … */
  card?: InputMaybe<Scalars['String']['input']>;
  /** The main card that a sub card joins, where the account has several. */
  mainProductId?: InputMaybe<Scalars['ID']['input']>;
  /** A number that the customer chose; else the next free one is taken. */
  requestedNumber?: InputMaybe<Scalars['String']['input']>;
  /** Usage classes that are charged online: `data`. The others are charged from usage files. */
  onlineClasses?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Products to move to other offers. */
export type ChangeProductsInput = {
  /** Whose products. */
  customerId: Scalars['ID']['input'];
  /** The account that pays for them. */
  accountId: Scalars['ID']['input'];
  /** The bundle that they join together; left out: none. */
  bundleOfferingCode?: InputMaybe<Scalars['String']['input']>;
  /** Which ones, to what; 50 at most. */
  items: Array<ChangedProductInput>;
  /** From the start of which day; left out: as the offers say. */
  effectiveOn?: InputMaybe<Scalars['Date']['input']>;
  /** Why it counts from a day that has passed. */
  backdateReason?: InputMaybe<Scalars['String']['input']>;
};

/** Products to move to another address. */
export type MoveProductsInput = {
  /** Whose products. */
  customerId: Scalars['ID']['input'];
  /** The account that pays for them. */
  accountId: Scalars['ID']['input'];
  /** Which ones, 50 at most. */
  productIds: Array<Scalars['ID']['input']>;
  /** Where to. */
  address: Scalars['String']['input'];
  /** From the start of which day; left out: when it is done. The order waits for one to come. */
  effectiveOn?: InputMaybe<Scalars['Date']['input']>;
  /** Why it counts from a day that has passed. */
  backdateReason?: InputMaybe<Scalars['String']['input']>;
};

/** A product and its new offer. */
export type ChangedProductInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** The offering that it goes on under. */
  offeringCode: Scalars['String']['input'];
  /** What it does in the bundle that it joins, where the offering may do several things there. */
  role?: InputMaybe<ProductRole>;
};

/** Products to block. */
export type SuspendProductsInput = {
  /** Whose products. */
  customerId: Scalars['ID']['input'];
  /** The account that pays for them. */
  accountId: Scalars['ID']['input'];
  /** Which ones, 50 at most. */
  productIds: Array<Scalars['ID']['input']>;
  /** Why: `CUSTOMER_WISH` or `SIM_LOST` at the counter. */
  reason: BlockReason;
  /** What is stopped. */
  kind: BlockKind;
};

/** Products to free of a block. */
export type ResumeProductsInput = {
  /** Whose products. */
  customerId: Scalars['ID']['input'];
  /** The account that pays for them. */
  accountId: Scalars['ID']['input'];
  /** Which ones, 50 at most. */
  productIds: Array<Scalars['ID']['input']>;
  /** Which block: why it was placed. */
  reason: BlockReason;
};

/** Products to end. */
export type TerminateProductsInput = {
  /** Whose products. */
  customerId: Scalars['ID']['input'];
  /** The account that pays for them. */
  accountId: Scalars['ID']['input'];
  /** Which ones, 50 at most. */
  productIds: Array<Scalars['ID']['input']>;
  /** From the start of which day they have ended; left out: from when they are switched off. The order waits for one to come. */
  effectiveOn?: InputMaybe<Scalars['Date']['input']>;
  /** Why it counts from a day that has passed. */
  backdateReason?: InputMaybe<Scalars['String']['input']>;
};
