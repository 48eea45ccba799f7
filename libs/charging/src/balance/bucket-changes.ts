import { usersText, type BucketState } from '@ronghe/rating';
import type { StoredBucket } from './group-period';

/** Why a balance moved: usage was rated, the grant itself changed, or usage was rated again. */
export type EntryKind = 'grant' | 'use' | 'rerate';

/** One movement of a bucket's remainder. Σ deltas of a bucket = its remainder. */
export interface BucketEntry {
  bucketCode: string;
  kind: EntryKind;
  delta: bigint;
}

export interface BucketChanges {
  /** Buckets that are new or differ from what is stored, as they shall be. */
  changed: BucketState[];
  entries: BucketEntry[];
}

/**
 * What must be written so that the stored buckets become the wanted ones. A bucket that is no longer wanted is
 * withdrawn: its quantity and remainder become zero, its entries stay.
 * @param use how a change of what was used is entered: `use` for new usage, `rerate` for a correction
 */
export function changeBuckets(
  stored: readonly StoredBucket[],
  wanted: readonly BucketState[],
  use: 'use' | 'rerate',
): BucketChanges {
  const changes: BucketChanges = { changed: [], entries: [] };
  for (const [at, bucket] of wanted.entries()) {
    const before = bucketOf(stored, bucket.code, at);
    if (before !== bucket) addChange(changes, before, bucket, use);
  }
  for (const [at, bucket] of stored.entries()) {
    if (bucket.quantity === 0n && bucket.remaining === 0n) continue;
    if (bucketOf(wanted, bucket.code, at)) continue;
    addChange(changes, bucket, { ...bucket, quantity: 0n, remaining: 0n }, use);
  }
  return changes;
}

/** The bucket of a code, which nearly always stands in the same place. */
function bucketOf<B extends BucketState>(buckets: readonly B[], code: string, at: number): B | undefined {
  const same = buckets[at];
  return same?.code === code ? same : buckets.find((bucket) => bucket.code === code);
}

function addChange(
  { changed, entries }: BucketChanges,
  before: StoredBucket | undefined,
  after: BucketState,
  use: 'use' | 'rerate',
): void {
  // What was not drawn from is the very object that was read.
  if (before === after) return;
  const granted = after.quantity - (before?.quantity ?? 0n);
  const moved = after.remaining - (before?.remaining ?? 0n) - granted;
  if (granted !== 0n) entries.push({ bucketCode: after.code, kind: 'grant', delta: granted });
  if (moved !== 0n) entries.push({ bucketCode: after.code, kind: use, delta: moved });
  if (!before || granted !== 0n || moved !== 0n || isDescribedAnew(before, after)) changed.push(after);
}

function isDescribedAnew(before: BucketState, after: BucketState): boolean {
  return (
    before.validFrom !== after.validFrom ||
    before.validTo !== after.validTo ||
    before.priority !== after.priority ||
    before.productId !== after.productId ||
    before.offeringCode !== after.offeringCode ||
    before.offeringVersion !== after.offeringVersion ||
    usersText(before.users) !== usersText(after.users) ||
    limitsText(before) !== limitsText(after)
  );
}

/** What limits a bucket's use, with its members' use so far, as one text. Absent is the same as the default. */
function limitsText(bucket: BucketState): string {
  const { rank = 'base', zones, bands, memberCap, memberUsed = {}, increment, isBlocker = false } = bucket;
  const used = Object.entries(memberUsed).sort(([a], [b]) => (a < b ? -1 : 1));
  const owner = memberCap === null || memberCap === undefined ? null : bucket.ownerProductId;
  return [rank, zones, bands, memberCap, owner, increment, isBlocker, ...used]
    .map((part) => String(part ?? ''))
    .join('|');
}

/** Whether two sets of grants open the same buckets with the same quantities; what was used is left aside. */
export function areSameGrants(stored: readonly StoredBucket[], wanted: readonly BucketState[]): boolean {
  const fresh = stored.map((bucket) => ({ ...bucket, remaining: bucket.quantity }));
  const { changed } = changeBuckets(
    fresh,
    wanted.map((bucket) => ({ ...bucket, remaining: bucket.quantity })),
    'use',
  );
  return changed.length === 0;
}
