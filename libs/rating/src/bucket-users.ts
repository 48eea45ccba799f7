import type { BucketGrant } from './entitlements';

/** Who may use a bucket that serves products of several card groups. Plain data. */
export interface BucketUsers {
  /** Products of the card group that it belongs to, sorted; sharing sets them no cap. */
  own: string[];
  /** Those with whom it is shared. */
  members: BucketMember[];
  /** A card group's own bucket, where it also uses those of others: it comes before shared ones of the same rank. */
  goesFirst: boolean;
}

/** A card group that uses another's bucket. */
export interface BucketMember {
  /** Its card group; what it used is counted under this id. */
  memberId: string;
  /** Its products, sorted. */
  productIds: string[];
  /** At most so many whole units a period, as decimal text; null: no limit. */
  cap: string | null;
  /** Buckets whose caps have the same key count together. */
  capKey: string;
}

/** Whether a product is among the users of a bucket; without users nobody is left out. */
export function mayUse({ users }: Pick<BucketGrant, 'users'>, productId: string): boolean {
  if (users === null || users === undefined) return true;
  return users.own.includes(productId) || memberOf(users, productId) !== undefined;
}

/** The member that a product belongs to; undefined for the owner's products. */
export function memberOf(users: BucketUsers, productId: string): BucketMember | undefined {
  return users.members.find(({ productIds }) => productIds.includes(productId));
}

/** The same text for the same users, whatever the order of their fields. */
export function usersText(users: BucketUsers | null | undefined): string {
  if (users === null || users === undefined) return '';
  const { own, members, goesFirst } = users;
  return JSON.stringify([
    own,
    members.map(({ memberId, productIds, cap, capKey }) => [memberId, productIds, cap, capKey]),
    goesFirst,
  ]);
}
