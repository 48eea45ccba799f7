import type { BucketState, Counter, Counters, RatingState } from '@ronghe/rating';
import type { Spent } from '../spend-cap/spent';
import type { GroupTotals } from '../usage/group-totals';
import type { UsagePlace } from './canonical-order';

/** Names one card group in one bill period; the unit in which usage is rated and locked. */
export interface GroupPeriodKey {
  lane: number;
  cardGroupId: string;
  /** Bill period: `2026-06`. */
  period: string;
}

/** A bucket as it is stored. */
export interface StoredBucket extends BucketState {
  bucketId: string;
  /** Online sessions took from it since its own row was written: what is left and what members used stands in its group's row. */
  isMoved: boolean;
  /** Units that open online sessions may still use; part of `remaining`. */
  reserved: bigint;
  /** What of `reserved` counts against members' caps, by member; null: nothing. */
  memberReserved: Readonly<Record<string, bigint>> | null;
}

/** A bucket with where it belongs. */
export interface PlacedBucket extends StoredBucket, GroupPeriodKey {
  accountId: string;
}

/** What charging knows of one card group in one bill period. */
export interface GroupPeriod extends GroupPeriodKey {
  accountId: string;
  /** Also those that were withdrawn, with a quantity of zero. */
  buckets: StoredBucket[];
  counters: Record<string, Counter>;
  /** The last event that was rated, in canonical order; null before the first. */
  lastPlace: UsagePlace | null;
  /** Events came out of order, or a grant changed under them: amounts are provisional until it is rated again. */
  needsRerate: boolean;
  /** What its products have spent on usage; undefined: it is not counted, since nobody caps it. */
  spent?: Spent | undefined;
  /** What its online sessions added to the totals of its account; undefined: nothing. */
  totals?: GroupTotals | undefined;
  /** What its open sessions hold of counters, where money limits what they may use; undefined, as empty: nothing. */
  counterHolds?: Counters | undefined;
}

/** What moves of a bucket; undefined: it stays. */
export interface BucketMove {
  remaining?: bigint;
  memberUsed?: StoredBucket['memberUsed'] | undefined;
  isMoved?: boolean;
  reserved?: bigint;
  memberReserved?: StoredBucket['memberReserved'];
}

/** A bucket after it moved; what the move does not name stays. */
export function bucketWith(
  bucket: StoredBucket,
  {
    remaining = bucket.remaining,
    memberUsed = bucket.memberUsed,
    isMoved = bucket.isMoved,
    reserved = bucket.reserved,
    memberReserved = bucket.memberReserved,
  }: BucketMove,
): StoredBucket {
  return storedBucket(bucket, { remaining, memberUsed, isMoved, reserved, memberReserved });
}

/**
 * A bucket and all that moves of it. Each field by its name, here and in `groupWith`: an object that is spread into another one is copied the
 * slow way, and every online request moves some.
 */
export function storedBucket(
  bucket: Omit<StoredBucket, 'isMoved' | 'reserved' | 'memberReserved'>,
  { remaining, memberUsed, isMoved, reserved, memberReserved }: Required<BucketMove>,
): StoredBucket {
  return {
    bucketId: bucket.bucketId,
    code: bucket.code,
    label: bucket.label,
    origin: bucket.origin,
    productId: bucket.productId,
    usageClasses: bucket.usageClasses,
    unit: bucket.unit,
    quantity: bucket.quantity,
    remaining,
    isMoved,
    reserved,
    memberReserved,
    validFrom: bucket.validFrom,
    validTo: bucket.validTo,
    priority: bucket.priority,
    rollover: bucket.rollover,
    rank: bucket.rank ?? 'base',
    zones: bucket.zones ?? null,
    bands: bucket.bands ?? null,
    memberCap: bucket.memberCap ?? null,
    memberUsed: memberUsed ?? noneUsed,
    ownerProductId: bucket.ownerProductId ?? null,
    increment: bucket.increment ?? null,
    isBlocker: bucket.isBlocker ?? false,
    offeringCode: bucket.offeringCode,
    offeringVersion: bucket.offeringVersion,
    users: bucket.users ?? null,
  };
}

const noneUsed = {};

/** A group after something of it changed. */
export function groupWith(
  group: GroupPeriod,
  {
    buckets,
    counters = group.counters,
    lastPlace = group.lastPlace,
    needsRerate = group.needsRerate,
    spent = group.spent,
    totals = group.totals,
    counterHolds = group.counterHolds,
  }: Pick<GroupPeriod, 'buckets'> & Partial<GroupPeriod>,
): GroupPeriod {
  return {
    lane: group.lane,
    cardGroupId: group.cardGroupId,
    period: group.period,
    accountId: group.accountId,
    buckets,
    counters,
    lastPlace,
    needsRerate,
    spent,
    totals,
    counterHolds,
  };
}

/** A text that names the group and period, for maps. */
export function groupPeriodId({
  cardGroupId,
  period,
}: Pick<GroupPeriodKey, 'cardGroupId' | 'period'>): string {
  return `${cardGroupId}/${period}`;
}

/** Those of the keys' groups that are there. */
export function groupsAt(
  keys: readonly GroupPeriodKey[],
  groups: ReadonlyMap<string, GroupPeriod>,
): GroupPeriod[] {
  return keys.flatMap((key) => groups.get(groupPeriodId(key)) ?? []);
}

/** Locks are taken in this order everywhere, so that two transactions never wait for each other. */
export function compareKeys(a: GroupPeriodKey, b: GroupPeriodKey): number {
  if (a.period !== b.period) return a.period < b.period ? -1 : 1;
  if (a.lane !== b.lane) return a.lane - b.lane;
  return a.cardGroupId < b.cardGroupId ? -1 : a.cardGroupId > b.cardGroupId ? 1 : 0;
}

/** The engine's view of what is stored. */
export function ratingStateOf(group: Pick<GroupPeriod, 'buckets' | 'counters'>): RatingState {
  return { buckets: group.buckets.filter((bucket) => bucket.quantity > 0n), counters: group.counters };
}
