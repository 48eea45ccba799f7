import type { UsageUnit } from '@ronghe/contracts';
import { compareText } from './compare-text';
import type { BucketGrant } from './entitlements';
import type { UsageEvent } from './rate-usage';
import type { BucketState } from './rating-state';

/** The buckets that an event may take from, in the order in which they are used. */
export function bucketsFor(
  event: UsageEvent,
  unit: UsageUnit,
  buckets: readonly BucketState[],
): BucketState[] {
  return buckets
    .filter(
      (bucket) =>
        bucket.remaining > 0n &&
        bucket.unit === unit &&
        bucket.usageClasses.includes(event.usageClass) &&
        (bucket.productId === null || bucket.productId === event.productId) &&
        bucket.validFrom <= event.usedAt &&
        event.usedAt < bucket.validTo,
    )
    .sort(compareBuckets);
}

/**
 * Rolled-over where the tariff says before, then base, then rolled-over where it says after; inside each by
 * priority, then soonest to expire, then code, so that the order never depends on storage. SEMANTICS §3.
 */
export function compareBuckets(a: BucketGrant, b: BucketGrant): number {
  return (
    rankOf(a) - rankOf(b) ||
    a.priority - b.priority ||
    compareText(a.validTo, b.validTo) ||
    compareText(a.code, b.code)
  );
}

function rankOf(bucket: BucketGrant): number {
  if (bucket.origin === 'base') return 1;
  return bucket.rollover?.order === 'after-base' ? 2 : 0;
}
