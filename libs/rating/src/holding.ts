import type { OfferDocument, ProductState } from '@ronghe/contracts';
import {
  addDays,
  addMs,
  contains,
  localDateOf,
  type Instant,
  type LocalDate,
  type Period,
} from '@ronghe/kernel';

/** What the engine must know of a product that an account owns or owned. A `ProductState` is one. */
export type Holding = Pick<
  ProductState,
  | 'productId'
  | 'accountId'
  | 'offeringCode'
  | 'offeringVersion'
  | 'role'
  | 'card'
  | 'bundleId'
  | 'bundleOfferingCode'
  | 'bundleOfferingVersion'
  | 'cardGroupId'
  | 'effectiveFrom'
  | 'effectiveTo'
  | 'blocks'
  | 'earlierTerms'
  | 'moves'
> &
  Partial<Pick<ProductState, 'resources'>> & {
    /** Set by `heldTerms`: this is the product under one of the terms that it had one after the other. */
    part?: HoldingPart;
  };

/** The product of which a holding is a part. */
export interface HoldingPart {
  heldFrom: Instant;
  heldTo: Instant | null;
  /** Its first terms were in a bundle. */
  orderedInBundle: boolean;
}

/** The document of a version that was published; throws when there is none (`offer_unknown`). */
export type OfferLookup = (code: string, version: number) => OfferDocument;

/** Days, half-open. */
export interface DayRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Later than every instant: the end of what has no end. */
export const endOfTime = '9999-12-31T23:59:59.999Z' as Instant;

/** Earlier than every instant. */
export const beginningOfTime = '0000-01-01T00:00:00.000Z' as Instant;

/** Whether the product is active at any moment of the period. */
export function isHeldIn(holding: Holding, period: Period): boolean {
  return holding.effectiveFrom < period.to && (holding.effectiveTo ?? endOfTime) > period.from;
}

/** Whether the product is active at the instant. */
export function isHeldAt(holding: Holding, instant: Instant): boolean {
  return contains({ from: holding.effectiveFrom, to: holding.effectiveTo ?? endOfTime }, instant);
}

/** The local days of which a period has any moment: a part of a day counts as the day. */
export function daysTouched(period: Period, zone: string): DayRange {
  const last = localDateOf(addMs(period.to, -1), zone);
  return { from: localDateOf(period.from, zone), to: period.to === endOfTime ? last : addDays(last, 1) };
}

/** Cards in the order in which people read them: main, sub cards, then the rest; within a role by name. */
export function compareHoldings(a: Holding, b: Holding): number {
  const byRole = roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role);
  if (byRole !== 0) return byRole;
  if (a.card !== b.card) return a.card < b.card ? -1 : 1;
  return a.productId < b.productId ? -1 : a.productId > b.productId ? 1 : 0;
}

const roleOrder: readonly Holding['role'][] = ['main', 'alone', 'sub', 'broadband', 'iptv', 'fixed', 'cloud'];
