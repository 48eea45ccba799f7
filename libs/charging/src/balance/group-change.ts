import { newId } from '@ronghe/kernel';
import type { BucketState, RatingState, UsageMeter } from '@ronghe/rating';
import { cardGroupOfCode, codeInUnit } from '../sharing/unit-buckets';
import { changeBuckets, type BucketEntry } from './bucket-changes';
import type { UsagePlace } from './canonical-order';
import {
  bucketWith,
  groupWith,
  type GroupPeriod,
  type GroupPeriodKey,
  type StoredBucket,
} from './group-period';

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

/** The group as it shall be stored, with the rows of its buckets that changed; buckets that are new get their id here. */
export function changeGroup(
  before: GroupPeriod,
  { state, use, lastPlace, needsRerate }: StateChange,
): GroupPeriodChange {
  const { changed, entries } = changeBuckets(before.buckets, state.buckets, use);
  const buckets: StoredBucket[] = before.buckets.map((stored) => {
    const bucket = changed.find(({ code }) => code === stored.code);
    if (!bucket) return stored;
    const { bucketId, reserved, memberReserved } = stored;
    return { ...bucket, bucketId, isMoved: false, reserved, memberReserved };
  });
  for (const bucket of changed)
    if (!before.buckets.some(({ code }) => code === bucket.code))
      buckets.push({
        ...bucket,
        bucketId: newId(),
        isMoved: false,
        reserved: 0n,
        memberReserved: null,
      });
  const group = {
    ...before,
    buckets,
    counters: { ...state.counters },
    lastPlace,
    needsRerate,
  };
  return { group, changedBuckets: changed, entries };
}

/**
 * The same where online usage alone was rated, on the group's own buckets: no grant has changed, what the meter did not move stays
 * the very object that it was, and what it moved will stand in the group's row.
 */
export function changeByUse(
  before: GroupPeriod,
  meter: UsageMeter,
  { lastPlace, needsRerate }: Pick<StateChange, 'lastPlace' | 'needsRerate'>,
): GroupPeriodChange {
  const entries: BucketEntry[] = [];
  const changedBuckets: StoredBucket[] = [];
  const buckets = [...before.buckets];
  for (const { bucket, remaining, memberUsed } of meter.moved()) {
    const at = before.buckets.indexOf(bucket as StoredBucket);
    const stored = before.buckets[at];
    if (!stored) continue;
    const delta = remaining - stored.remaining;
    if (delta !== 0n) entries.push({ bucketCode: stored.code, kind: 'use', delta });
    else if (isSameUse(memberUsed, stored.memberUsed)) continue;
    const after = bucketWith(stored, {
      remaining,
      memberUsed: memberUsed ?? stored.memberUsed,
      isMoved: true,
    });
    changedBuckets.push(after);
    buckets[at] = after;
  }
  const group = groupWith(before, { buckets, counters: meter.counted(), lastPlace, needsRerate });
  return { group, changedBuckets, entries };
}

/** Whether members have used the same; null: as before. */
function isSameUse(after: BucketState['memberUsed'] | null, before: BucketState['memberUsed'] = {}): boolean {
  if (after === null || after === undefined) return true;
  const members = Object.entries(after);
  return (
    members.length === Object.keys(before).length && members.every(([id, units]) => before[id] === units)
  );
}

/** Whether what goes over into the next period may have changed, so that the next period has to be looked at. */
export function movesRollover({ changedBuckets }: GroupPeriodChange): boolean {
  return changedBuckets.some(goesOver);
}

/** Whether use left nothing of a bucket of which open sessions hold something, so that what they hold is hollow now. */
export function emptiesHeld({ group, changedBuckets, entries }: GroupPeriodChange): boolean {
  return changedBuckets.some(
    ({ code, remaining }) =>
      remaining === 0n &&
      group.buckets.some((bucket) => bucket.code === code && bucket.reserved > 0n) &&
      entries.some((entry) => entry.bucketCode === code && entry.delta < 0n),
  );
}

/** Whether something of a bucket may go over into the next period. */
export function goesOver({ origin, rollover, rank }: BucketState): boolean {
  return origin === 'carried' || (origin === 'base' && (rollover !== null || rank === 'add-on'));
}

/**
 * Per bucket, what was used of it after its period: in the next one of what was rolled over, in all later ones of a pack
 * that was carried on.
 * @param later the open periods after it, the next one first (`laterPeriodsOf`)
 * @param unitId the unit of the period, whose names of buckets are used
 */
export function usedOfRolled(
  later: readonly GroupPeriod[],
  unitId: string | undefined = later[0]?.cardGroupId,
): Record<string, bigint> {
  const used: Record<string, bigint> = {};
  for (const { buckets, period, cardGroupId } of later) {
    for (const { code, origin, quantity, remaining } of buckets) {
      if (origin === 'base' || (origin === 'rolled' && period !== later[0]?.period)) continue;
      const placed = codeInUnit(code, cardGroupOfCode(code, cardGroupId), unitId ?? cardGroupId);
      const own = placed.replace(/^rolled\//, '');
      used[own] = (used[own] ?? 0n) + quantity - remaining;
    }
  }
  return used;
}

/** The same card group in another period. */
export function keyIn({ lane, cardGroupId }: GroupPeriodKey, period: string): GroupPeriodKey {
  return { lane, cardGroupId, period };
}
