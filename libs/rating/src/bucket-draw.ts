import { isValidAt, servesPlace } from './bucket-order';
import { memberOf, type BucketMember } from './bucket-users';
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
  /** Taken beyond the units, to the end of an increment that a bucket is used in: what follows of the event has it. */
  ahead: bigint;
}

const nothing: BucketTake[] = [];

/**
 * Draws units of an event from buckets in their order, which is the order of `compareBuckets`. A member takes at most
 * what its cap leaves; where a blocker does not cover the usage, nothing behind it may (SEMANTICS §3). A bucket with an
 * increment gives whole ones of it.
 */
export function drawUnits(
  buckets: readonly OpenBucket[],
  event: UsageEvent,
  place: { zone: string; band: string },
  units: bigint,
): BucketDraw {
  let takes = nothing;
  let left = units;
  let ahead = 0n;
  for (const open of buckets) {
    if (left === 0n) break;
    const { bucket } = open;
    if (!isValidAt(bucket, event.usedAt) || !servesPlace(bucket, place.zone, place.band)) continue;
    const usable = usableBy(event.productId, open, buckets);
    const taken = bucket.increment
      ? wholeOnes(bucket.increment, usable, left)
      : usable < left
        ? usable
        : left;
    if (taken > 0n) {
      if (takes === nothing) takes = [];
      takes.push({ bucketCode: bucket.code, units: taken });
      take(open, event.productId, taken);
      if (taken > left) ahead = taken - left;
      left -= taken - ahead;
    }
    if (bucket.isBlocker && left > 0n) return { takes, left: 0n, blocked: left, ahead };
  }
  return { takes, left, blocked: 0n, ahead };
}

/** The whole increments that cover what is left, as many as are usable. */
function wholeOnes(increment: bigint, usable: bigint, left: bigint): bigint {
  const whole = usable - (usable % increment);
  const needed = left + ((increment - (left % increment)) % increment);
  return whole < needed ? whole : needed;
}

/** Σ of several draws of one event, by bucket in the order of use. */
export function sumTakes(draws: readonly BucketTake[]): BucketTake[] {
  if (draws.length < 2) return [...draws];
  const sums = new Map<string, bigint>();
  for (const { bucketCode, units } of draws) sums.set(bucketCode, (sums.get(bucketCode) ?? 0n) + units);
  return [...sums].map(([bucketCode, units]) => ({ bucketCode, units }));
}

/** The id under which a bucket counts what a product uses of it; null: it does not. */
export function countedUnder(
  { users, memberCap, ownerProductId }: BucketState,
  productId: string,
): string | null {
  const member = users ? memberOf(users, productId) : undefined;
  if (member) return member.memberId;
  return memberCap !== null && memberCap !== undefined && productId !== ownerProductId ? productId : null;
}

/** The id under which what a product holds of a bucket counts against its cap; null: it has none. */
export function cappedUnder(bucket: BucketState, productId: string): string | null {
  return capFor(bucket, productId) === null ? null : countedUnder(bucket, productId);
}

/** At most so many units of a bucket for a product, by its sharing or the allowance; null: no limit. */
export function capFor(bucket: BucketState, productId: string): bigint | null {
  const member = bucket.users ? memberOf(bucket.users, productId) : undefined;
  if (member) return member.cap === null ? null : BigInt(member.cap);
  return productId === bucket.ownerProductId ? null : (bucket.memberCap ?? null);
}

/** min(what the bucket has left, what the member may still use). */
function usableBy(productId: string, open: OpenBucket, others: readonly OpenBucket[]): bigint {
  const { bucket, remaining } = open;
  const cap = capFor(bucket, productId);
  if (cap === null) return remaining;
  const member = bucket.users ? memberOf(bucket.users, productId) : undefined;
  const used = member ? usedByMember(member, others) : (usedOf(open)[productId] ?? 0n);
  const allowed = cap > used ? cap - used : 0n;
  return allowed < remaining ? allowed : remaining;
}

/** What a member used of all buckets that its cap counts together. */
function usedByMember({ memberId, capKey }: BucketMember, buckets: readonly OpenBucket[]): bigint {
  return buckets.reduce((sum, open) => {
    const isCounted = open.bucket.users?.members.some(
      (each) => each.memberId === memberId && each.capKey === capKey,
    );
    return isCounted ? sum + (usedOf(open)[memberId] ?? 0n) : sum;
  }, 0n);
}

function usedOf({ bucket, memberUsed }: OpenBucket): Readonly<Record<string, bigint>> {
  return memberUsed ?? bucket.memberUsed ?? {};
}

/** Takes units, which may be negative: given back. */
export function take(open: OpenBucket, productId: string, units: bigint): void {
  open.remaining -= units;
  const key = countedUnder(open.bucket, productId);
  if (key === null) return;
  open.memberUsed ??= { ...open.bucket.memberUsed };
  const used = (open.memberUsed[key] ?? 0n) + units;
  if (used === 0n) delete open.memberUsed[key];
  else open.memberUsed[key] = used;
}
