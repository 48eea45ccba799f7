import type { ProductState } from '@ronghe/contracts';
import { mayUse, memberOf, type BucketMember } from '@ronghe/rating';
import type { PlacedBucket } from '../balance/group-period';

/** A bucket as one account sees it. */
export interface UsableBucket extends PlacedBucket {
  /** What another account shares with this one: what this one has used of it, and may still use. Null: it is its own. */
  member: { used: bigint; usable: bigint } | null;
}

/**
 * The buckets that an account's products may use. A card group that uses another account's allowances has its own buckets
 * there, too; they are shown at its account and not at the other one.
 */
export function bucketsOfAccount(
  accountId: string,
  products: readonly Pick<ProductState, 'productId'>[],
  buckets: readonly PlacedBucket[],
): UsableBucket[] {
  return buckets.flatMap((bucket) => {
    if (!bucket.users) return bucket.accountId === accountId ? [{ ...bucket, member: null }] : [];
    if (!products.some(({ productId }) => mayUse(bucket, productId))) return [];
    const isOfOther = bucket.accountId !== accountId && !bucket.users.goesFirst;
    return [{ ...bucket, member: isOfOther ? useOf(bucket, products, buckets) : null }];
  });
}

/** usable = min(what the owner has left, what the member may still use); several members of one account add up. */
function useOf(
  bucket: PlacedBucket,
  products: readonly Pick<ProductState, 'productId'>[],
  all: readonly PlacedBucket[],
): NonNullable<UsableBucket['member']> {
  const { users, remaining } = bucket;
  const members = users ? products.flatMap(({ productId }) => memberOf(users, productId) ?? []) : [];
  let used = 0n;
  let room = 0n;
  for (const member of new Map(members.map((each) => [each.memberId, each])).values()) {
    used += bucket.memberUsed?.[member.memberId] ?? 0n;
    room += member.cap === null ? remaining : max(BigInt(member.cap) - usedUnder(member, bucket, all), 0n);
  }
  return { used, usable: room < remaining ? room : remaining };
}

/** What counts against a member's cap: its use of all buckets of the owner whose caps have the same key. */
function usedUnder(
  { memberId, capKey }: BucketMember,
  { cardGroupId }: PlacedBucket,
  all: readonly PlacedBucket[],
): bigint {
  return all
    .filter((bucket) => bucket.cardGroupId === cardGroupId)
    .filter(({ users }) =>
      users?.members.some((each) => each.memberId === memberId && each.capKey === capKey),
    )
    .reduce((sum, { memberUsed }) => sum + (memberUsed?.[memberId] ?? 0n), 0n);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
