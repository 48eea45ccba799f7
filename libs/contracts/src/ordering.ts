import type { Instant } from '@ronghe/kernel';

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
}

export interface ProductResource {
  resourceId: string;
  kind: ResourceKind;
  /** The value people know it by: number, ICCID, serial. */
  value: string;
  /** Identifiers that belong to it beside its value: `imsi` of a SIM. Left out when there are none. */
  attributes?: Record<string, string>;
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
  'order.completed.v1': OrderCompleted;
  'order.failed.v1': { orderId: string; customerId: string; reason: string };
  'order.cancelled.v1': { orderId: string; customerId: string };
}

export interface OrderItemInput {
  /** `add` sells an offering, `delete` terminates an installed product. */
  action: 'add' | 'delete';
  offeringCode?: string;
  productId?: string;
  role?: ProductRole;
  card?: string;
  /** The main card that a sub card joins, where the account has several. */
  mainProductId?: string;
  /** A number the customer chose; else the next free one is taken. */
  requestedNumber?: string;
  onlineClasses?: string[];
}

export interface PlaceOrderInput {
  customerId: string;
  accountId: string;
  /** The bundle that the `add` items are sold under. */
  bundleOfferingCode?: string;
  /** A quote that is still valid: its bundle and items are ordered at its offering versions, and `items` is empty. */
  quoteId?: string;
  items: OrderItemInput[];
}

export interface OrderingCommands {
  'ordering.placeOrder': { input: PlaceOrderInput; answer: { orderId: string } };
}
