import type { StoredBucket } from './group-period';

/** What open sessions hold of a bucket, and what of it counts against members' caps, as JSON keeps it. */
interface HeldJson {
  units: string;
  members?: Record<string, string>;
}

/**
 * What open sessions hold of a group's buckets, by the buckets' codes; null: nothing. It stands in the group's row, which each
 * request writes anyway, and not in the buckets', which a grant leaves as they are.
 */
export function heldToJson(buckets: readonly StoredBucket[]): string | null {
  const held: Record<string, HeldJson> = {};
  let isAnythingHeld = false;
  for (const { code, reserved, memberReserved } of buckets) {
    if (reserved === 0n && memberReserved === null) continue;
    isAnythingHeld = true;
    held[code] = {
      units: reserved.toString(),
      ...(memberReserved && {
        members: Object.fromEntries(
          Object.entries(memberReserved).map(([member, units]) => [member, units.toString()]),
        ),
      }),
    };
  }
  return isAnythingHeld ? JSON.stringify(held) : null;
}

/** Buckets with what is held of them. @param held as `heldToJson` wrote it */
export function withHeld<B extends StoredBucket>(buckets: B[], held: string | null): B[] {
  if (held === null) return buckets;
  const stored = JSON.parse(held) as Record<string, HeldJson>;
  return buckets.map((bucket) => {
    const own = stored[bucket.code];
    return own ? { ...bucket, reserved: BigInt(own.units), memberReserved: membersOf(own) } : bucket;
  });
}

function membersOf({ members }: HeldJson): StoredBucket['memberReserved'] {
  if (!members) return null;
  return Object.fromEntries(Object.entries(members).map(([member, units]) => [member, BigInt(units)]));
}
