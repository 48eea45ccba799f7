import { storedBucket, type StoredBucket } from './group-period';

/**
 * What online sessions moved of a bucket, as JSON keeps it. It stands in the row of the bucket's group, which each request writes
 * anyway; the bucket's own row is written by whoever grants, rates files or rates again.
 */
interface Moves {
  /** What is left, and what members used. */
  left?: string;
  used?: Record<string, string>;
  /** What open sessions hold, and what of it counts against members' caps. */
  held?: string;
  members?: Record<string, string>;
}

/**
 * What online sessions moved of a group's buckets, by the buckets' codes; null: nothing.
 * @throws Error for balances that cannot be: no constraint of the database looks into the text
 */
export function movesToJson(buckets: readonly StoredBucket[]): string | null {
  const moves: [string, Moves][] = [];
  for (const bucket of buckets) {
    const { code, quantity, remaining, isMoved, reserved, memberReserved, memberUsed } = bucket;
    if (remaining < 0n || remaining > quantity || reserved < 0n)
      throw new Error(`bucket ${code} would hold ${remaining} of ${quantity}, ${reserved} of it reserved`);
    const isHeld = reserved !== 0n || memberReserved !== null;
    if (!isMoved && !isHeld) continue;
    const move: Moves = {};
    if (isMoved) {
      move.left = remaining.toString();
      if (memberUsed) move.used = textsOf(memberUsed);
    }
    if (isHeld) move.held = reserved.toString();
    if (memberReserved) move.members = textsOf(memberReserved);
    moves.push([code, move]);
  }
  // From entries, as any code is a name of its own there, also one that objects inherit.
  return moves.length > 0 ? JSON.stringify(Object.fromEntries(moves)) : null;
}

/** Buckets as their own rows have them, with what was moved since. @param moves as `movesToJson` wrote it */
export function withMoves(buckets: readonly StoredBucket[], moves: string | null): StoredBucket[] {
  if (moves === null) return [...buckets];
  const stored = JSON.parse(moves) as Record<string, Moves>;
  return buckets.map((bucket) => {
    const move = ownOf(stored, bucket.code);
    if (!move) return bucket;
    const { left, used = {}, held = 0, members } = move;
    const isMoved = left !== undefined;
    return storedBucket(bucket, {
      remaining: isMoved ? BigInt(left) : bucket.remaining,
      memberUsed: isMoved ? unitsOf(used) : bucket.memberUsed,
      isMoved,
      reserved: BigInt(held),
      memberReserved: members ? unitsOf(members) : null,
    });
  });
}

function ownOf<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function textsOf(units: Readonly<Record<string, bigint>>): Record<string, string> {
  return Object.fromEntries(Object.entries(units).map(([member, each]) => [member, each.toString()]));
}

function unitsOf(texts: Readonly<Record<string, string>>): Record<string, bigint> {
  return Object.fromEntries(Object.entries(texts).map(([member, each]) => [member, BigInt(each)]));
}
