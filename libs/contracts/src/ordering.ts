import type { Instant, LocalDate } from '@ronghe/kernel';

/** What a card does inside its group; `alone` for a product that was not sold in a bundle. */
export type ProductRole = 'main' | 'sub' | 'broadband' | 'iptv' | 'fixed' | 'cloud' | 'alone';

/** A product as it stands after the change, with all that charging and billing need. */
export interface ProductState {
  productId: string;
  customerId: string;
  accountId: string;
  lane: number;
  orderId: string;
  offeringCode: string;
  offeringVersion: number;
  role: ProductRole;
  /** The name of the card inside its bundle or account, unique there: `main`, `sub1`, `iptv`. */
  card: string;
  /** Products sold under one bundle offer share this id; null when sold alone. */
  bundleId: string | null;
  bundleOfferingCode: string | null;
  bundleOfferingVersion: number | null;
  /** Products that share counters and buckets: the main card's product id for main and sub cards, else the product's own id. */
  cardGroupId: string;
  /** Identifiers in use: number (E.164 digits without +, or national fixed number), ICCID, IMSI, port, device serials. */
  resources: ProductResource[];
  /** Usage classes charged online; the others are charged from usage files. */
  onlineClasses: string[];
  effectiveFrom: Instant;
  effectiveTo: Instant | null;
  /** Every block that it has had, oldest first; those in force have no end. Left out when there was none. */
  blocks?: ProductBlock[];
  /**
   * The terms that it was held on before the present ones (`offeringCode` … `bundleOfferingVersion`), oldest first; they
   * follow each other without a gap from `effectiveFrom` on. Left out when they never changed.
   */
  earlierTerms?: ProductTerms[];
  /** From when on the latest change of its terms, or of its start, makes a difference. Left out when there was none. */
  changedFrom?: Instant;
  /** When it was moved to another address, oldest first. Left out when it never was. */
  moves?: ProductMove[];
  /** Through which sales channel it was sold: a code of the operator's. Left out: nobody said. */
  channel?: string;
}

/** A move of a product to another address (移机); where to is the order's affair. */
export interface ProductMove {
  orderId: string;
  /** The start of the local day from which it counts, or when it was done. */
  at: Instant;
}

/**
 * The offer and the bundle under which a product was held for a time. A change counts from the start of a local day of
 * the account's zone, so that every day has one offer: the last one that was chosen for it.
 */
export interface ProductTerms {
  offeringCode: string;
  offeringVersion: number;
  role: ProductRole;
  bundleId: string | null;
  bundleOfferingCode: string | null;
  bundleOfferingVersion: number | null;
  /** Half-open; the present terms begin where the last earlier ones end. */
  from: Instant;
  to: Instant;
}

/** What a block stops: outgoing use alone (单停; data counts as outgoing), or everything (双停). */
export type BlockKind = 'barred-outgoing' | 'full-stop';

/**
 * Why a product is blocked. The first two are the customer's wishes; the others are placed and lifted by the domain that
 * knows of the money, and hold for the sub cards of a main card too.
 */
export type BlockReason = 'customer-wish' | 'sim-lost' | 'unpaid-fee' | 'dunning' | 'credit-limit';

/** One block of a product; blocks of several reasons stack, and each is lifted by its own order. */
export interface ProductBlock {
  kind: BlockKind;
  reason: BlockReason;
  /** The order that placed it. */
  orderId: string;
  from: Instant;
  /** Exclusive; null while it is in force. */
  to: Instant | null;
}

export interface ProductResource {
  resourceId: string;
  kind: ResourceKind;
  /** The value people know it by: number, ICCID, serial. */
  value: string;
  /** Identifiers that belong to it beside its value: `imsi` of a SIM. Left out when there are none. */
  attributes?: Record<string, string>;
  /** How sought after a number is (靓号): `gold`. Left out for ordinary numbers and other kinds. */
  grade?: string;
}

/** Kinds of stock that a product may need. */
export type ResourceKind = 'mobile_number' | 'fixed_number' | 'sim' | 'optical_terminal' | 'set_top_box';

export interface OrderCompleted {
  orderId: string;
  customerId: string;
  accountId: string;
  productIds: string[];
  completedAt: Instant;
}

export interface OrderingEvents {
  'product.activated.v1': ProductState;
  'product.terminated.v1': ProductState;
  /** A block was placed on the product, or changed its kind; `blocks` says what holds now. */
  'product.suspended.v1': ProductState;
  /** A block was lifted; the product runs again once `blocks` holds none without an end. */
  'product.resumed.v1': ProductState;
  /** The product goes on under another offer or in another bundle, or was moved; `earlierTerms` says since when. */
  'product.changed.v1': ProductState;
  'order.completed.v1': OrderCompleted;
  'order.failed.v1': { orderId: string; customerId: string; reason: string };
  'order.cancelled.v1': { orderId: string; customerId: string };
}

export interface OrderItemInput {
  /**
   * `add` sells an offering; `delete` terminates an installed product, `change` moves one to another offering of its
   * specification, `move` to another address, `suspend` blocks one, `resume` lifts a block.
   */
  action: 'add' | 'delete' | 'change' | 'move' | 'suspend' | 'resume';
  offeringCode?: string;
  productId?: string;
  role?: ProductRole;
  card?: string;
  /** The main card that a sub card joins, where the account has several. */
  mainProductId?: string;
  /** A number the customer chose; else the next free one is taken. */
  requestedNumber?: string;
  onlineClasses?: string[];
  /** Where a product is moved to. */
  address?: string;
  /** Why a product is blocked, or which block is lifted: for `suspend` and `resume`. */
  blockReason?: BlockReason;
  /** What is stopped, for `suspend`; a block of the same reason changes to it. */
  blockKind?: BlockKind;
  /** Of `resume`: only the product itself goes on, not the sub cards that were blocked with their main card. */
  isAlone?: boolean;
}

export interface PlaceOrderInput {
  customerId: string;
  accountId: string;
  /** The bundle that the `add` items are sold under, or that the products of `change` items join. */
  bundleOfferingCode?: string;
  /** A quote that is still valid: its bundle and items are ordered at its offering versions, and `items` is empty. */
  quoteId?: string;
  items: OrderItemInput[];
  /**
   * From the start of which local day of the account's zone it counts, for `add`, `delete`, `change` and `move`. One to come: the
   * order waits for it, and can be cancelled until then. One that has passed: within the policy's limit, with a reason.
   * Left out: at once, and for `change` as the offer says.
   */
  effectiveOn?: LocalDate;
  /** Why it counts from a day that has passed. */
  backdateReason?: string;
  /** Of a sale: the sales channel, a code of the operator's (`hall`, `app`). Its products keep it. */
  channel?: string;
}

export interface OrderingCommands {
  /**
   * Sells, terminates, changes, blocks or frees products. Who sees to it that a product is blocked, or is not, takes refusals with
   * `product_blocked_already`, `product_not_blocked` and `product_not_active` for done, and asks again after
   * `product_in_order`; that an order went through is told by `product.suspended.v1` and `product.resumed.v1`.
   */
  'ordering.placeOrder': { input: PlaceOrderInput; answer: { orderId: string } };
}
