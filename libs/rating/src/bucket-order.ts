import type { UsageUnit } from '@ronghe/contracts';
import { mayUse } from './bucket-users';
import { compareText } from './compare-text';
import type { BucketGrant } from './entitlements';
import type { UsageEvent } from './rate-usage';
import type { BucketState } from './rating-state';

/** The buckets with something left that an event may take from, whatever its zones and bands, in the order of use. */
export function bucketsFor(
  event: UsageEvent,
  unit: UsageUnit,
  buckets: readonly BucketState[],
): BucketState[] {
  return buckets
    .filter(
      (bucket) =>
        bucket.remaining > 0n && servesUsage(bucket, unit, event) && isValidAt(bucket, event.usedAt),
    )
    .sort(compareBuckets);
}

/** Whether a bucket is for the kind of usage that an event is, and for its product. */
export function servesUsage(
  bucket: BucketGrant,
  unit: UsageUnit,
  { usageClass, productId }: Pick<UsageEvent, 'usageClass' | 'productId'>,
): boolean {
  return (
    bucket.unit === unit &&
    bucket.usageClasses.includes(usageClass) &&
    (bucket.productId === null || bucket.productId === productId) &&
    mayUse(bucket, productId)
  );
}

/** Whether usage that starts then may take from it. */
export function isValidAt(bucket: BucketGrant, usedAt: UsageEvent['usedAt']): boolean {
  return bucket.validFrom <= usedAt && usedAt < bucket.validTo;
}

/** Whether a bucket serves a zone and a band. */
export function servesPlace({ zones, bands }: BucketGrant, zone: string, band: string): boolean {
  return (!zones || zones.includes(zone)) && (!bands || bands.includes(band));
}

/**
 * Base allowances, then add-on packs. In each of them a member's own before what is shared with it, then rolled-over ones where the tariff says before, then this period's
 * own, then rolled-over ones where it says after; inside those by priority, then soonest to expire, then code, so that
 * the order never depends on storage. SEMANTICS §3.
 */
export function compareBuckets(a: BucketGrant, b: BucketGrant): number {
  return (
    rankOf(a) - rankOf(b) ||
    turnOf(a) - turnOf(b) ||
    placeOf(a) - placeOf(b) ||
    a.priority - b.priority ||
    compareText(a.validTo, b.validTo) ||
    compareText(a.code, b.code)
  );
}

function rankOf({ rank }: BucketGrant): number {
  return rank === 'add-on' ? 1 : 0;
}

function turnOf({ users }: BucketGrant): number {
  return users?.goesFirst ? 0 : 1;
}

function placeOf(bucket: BucketGrant): number {
  if (bucket.origin !== 'rolled') return 1;
  return bucket.rollover?.order === 'after-base' ? 2 : 0;
}
