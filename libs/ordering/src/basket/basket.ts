import type { OfferDocument, OrderingPolicy, ProductRole } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';

/** The versions of offers that were published, newest last; empty for an unknown code. */
export type OfferVersions = (code: string) => readonly OfferDocument[];

/** A product that the account owns or that an open order of it adds. */
export interface HeldProduct {
  productId: string;
  offeringCode: string;
  offeringVersion: number;
  specification: string | null;
  role: ProductRole;
  card: string;
  bundleId: string | null;
  bundleOfferingCode: string | null;
  bundleOfferingVersion: number | null;
  cardGroupId: string;
  /** In force, and no open order ends it: something else may be built on it. What is not takes room only. */
  isFirm: boolean;
}

/** All that decides whether a basket may be sold; plain data, read by the caller under its locks. */
export interface SaleContext {
  /** The day in the account's zone. */
  today: LocalDate;
  offers: OfferVersions;
  /** What the account owns and what its open orders add. */
  held: readonly HeldProduct[];
  /** Numbers on the customer's identity document: in force and in open orders. */
  numbersInUse: number;
  policy: Pick<OrderingPolicy, 'numbersPerIdentityDocument'>;
  /** Versions that a valid quote promised, by offering code; other offerings are sold in today's version. */
  quoted: Readonly<Record<string, number>>;
}

/** What is sold by one item, settled completely: the product that will stand when the order is complete. */
export interface SaleItem {
  /** 1, 2, … in the order. */
  itemNo: number;
  action: 'add';
  productId: string;
  offer: OfferDocument;
  role: ProductRole;
  card: string;
  bundle: BundleChoice | null;
  cardGroupId: string;
  requestedNumber: string | null;
  onlineClasses: string[];
}

/** The bundle that items are sold under: a new one, or one that the account has. */
export interface BundleChoice {
  bundleId: string;
  offeringCode: string;
  offeringVersion: number;
}

/** An item whose offering and place in a bundle are known, before its card and group are. */
export interface PlacedItem {
  itemNo: number;
  productId: string;
  offer: OfferDocument;
  role: ProductRole;
  bundle: BundleChoice | null;
  card: string | null;
  mainProductId: string | null;
  requestedNumber: string | null;
  onlineClasses: string[];
}
