import { newId } from '@ronghe/kernel';
import type { BucketState, RatingState } from '@ronghe/rating';
import { changeBuckets, type BucketEntry } from './bucket-changes';
import type { UsagePlace } from './canonical-order';
import type { GroupPeriod, GroupPeriodKey, StoredBucket } from './group-period';

/** The state of a card group and period after rating, with what moved in its buckets. */
export interface GroupPeriodChange {
  group: GroupPeriod;
  changedBuckets: BucketState[];
  entries: BucketEntry[];
}

/** How a group's state came about. */
export interface StateChange {
  state: RatingState;
  use: 'use' | 'rerate';
  lastPlace: UsagePlace | null;
  needsRerate: boolean;
}

/** The group as it shall be stored; buckets that are new get their id here. */
export function changeGroup(
  before: GroupPeriod,
  { state, use, lastPlace, needsRerate }: StateChange,
): GroupPeriodChange {
  const { changed, entries } = changeBuckets(before.buckets, state.buckets, use);
  const buckets = new Map(before.buckets.map((bucket) => [bucket.code, bucket]));
  for (const bucket of changed) {
    const stored = buckets.get(bucket.code);
    const identity: Pick<StoredBucket, 'bucketId' | 'reserved'> = stored ?? {
      bucketId: newId(),
      reserved: 0n,
    };
    buckets.set(bucket.code, { ...bucket, bucketId: identity.bucketId, reserved: identity.reserved });
  }
  const group = {
    ...before,
    buckets: [...buckets.values()],
    counters: { ...state.counters },
    lastPlace,
    needsRerate,
  };
  return { group, changedBuckets: changed, entries };
}

/** Whether what goes over into the next period may have changed, so that the next period has to be looked at. */
export function movesRollover({ changedBuckets }: GroupPeriodChange): boolean {
  return changedBuckets.some(
    (bucket) =>
      bucket.origin === 'carried' ||
      (bucket.origin === 'base' && (bucket.rollover !== null || bucket.rank === 'add-on')),
  );
}

/** Per bucket, what was used of it in the next period, from the buckets that it went over into. */
export function usedOfRolled(next: GroupPeriod | undefined): Record<string, bigint> {
  const rolled = (next?.buckets ?? []).filter((bucket) => bucket.origin !== 'base');
  return Object.fromEntries(
    rolled.map((bucket) => [bucket.code.replace(/^rolled\//, ''), bucket.quantity - bucket.remaining]),
  );
}

/** The same card group in another period. */
export function keyIn({ lane, cardGroupId }: GroupPeriodKey, period: string): GroupPeriodKey {
  return { lane, cardGroupId, period };
}
