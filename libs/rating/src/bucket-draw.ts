import { isValidAt, servesPlace } from './bucket-order';
import type { BucketTake, UsageEvent } from './rate-usage';
import type { BucketState } from './rating-state';

/** A bucket while usage is drawn from it. */
export interface OpenBucket {
  bucket: BucketState;
  remaining: bigint;
  /** Set once a member has used some. */
  memberUsed: Record<string, bigint> | null;
}

/** What buckets gave for some units. */
export interface BucketDraw {
  takes: BucketTake[];
  /** What none gave and none refused. */
  left: bigint;
  /** Refused by a blocker that was used up. */
  blocked: bigint;
}

const nothing: BucketTake[] = [];

/**
 * Draws units of an event from buckets in their order, which is the order of `compareBuckets`. A member takes at most
 * what its cap leaves; where a blocker does not cover the usage, nothing behind it may (SEMANTICS §3).
 */
export function drawUnits(
  buckets: readonly OpenBucket[],
  event: UsageEvent,
  place: { zone: string; band: string },
  units: bigint,
): BucketDraw {
  let takes = nothing;
  let left = units;
  for (const open of buckets) {
    if (left === 0n) break;
    const { bucket } = open;
    if (!isValidAt(bucket, event.usedAt) || !servesPlace(bucket, place.zone, place.band)) continue;
    const usable = usableBy(event.productId, open);
    const taken = usable < left ? usable : left;
    if (taken > 0n) {
      if (takes === nothing) takes = [];
      takes.push({ bucketCode: bucket.code, units: taken });
      take(open, event.productId, taken);
      left -= taken;
    }
    if (bucket.isBlocker && left > 0n) return { takes, left: 0n, blocked: left };
  }
  return { takes, left, blocked: 0n };
}

/** Σ of several draws of one event, by bucket in the order of use. */
export function sumTakes(draws: readonly BucketTake[]): BucketTake[] {
  if (draws.length < 2) return [...draws];
  const sums = new Map<string, bigint>();
  for (const { bucketCode, units } of draws) sums.set(bucketCode, (sums.get(bucketCode) ?? 0n) + units);
  return [...sums].map(([bucketCode, units]) => ({ bucketCode, units }));
}

/** Whether the bucket counts what this product uses of it. */
export function isMemberOf({ memberCap, ownerProductId }: BucketState, productId: string): boolean {
  return memberCap !== null && memberCap !== undefined && productId !== ownerProductId;
}

/** min(what the bucket has left, what the member may still use). */
function usableBy(productId: string, { bucket, remaining, memberUsed }: OpenBucket): bigint {
  const { memberCap } = bucket;
  if (memberCap === null || memberCap === undefined || productId === bucket.ownerProductId) return remaining;
  const used = (memberUsed ?? bucket.memberUsed)?.[productId] ?? 0n;
  const allowed = memberCap > used ? memberCap - used : 0n;
  return allowed < remaining ? allowed : remaining;
}

/** Takes units, which may be negative: given back. */
export function take(open: OpenBucket, productId: string, units: bigint): void {
  open.remaining -= units;
  if (!isMemberOf(open.bucket, productId)) return;
  open.memberUsed ??= { ...open.bucket.memberUsed };
  const used = (open.memberUsed[productId] ?? 0n) + units;
  if (used === 0n) delete open.memberUsed[productId];
  else open.memberUsed[productId] = used;
}
