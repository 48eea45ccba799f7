import { amountFromMicro } from '@ronghe/kernel';
import { cappedUnder, movedCounters, type Counters, type ReservedUnits } from '@ronghe/rating';
import { bucketWith, groupWith, type GroupPeriod, type StoredBucket } from '../balance/group-period';
import type { FundsHold } from '../money-sharing/funds';
import type { Reservation } from './session';

type HeldUnits = Pick<Reservation, 'bucket' | 'units' | 'member'>;

type HeldAt = Pick<Reservation, 'ratingGroup' | 'upfId' | 'usageClass'>;

/** What is held of each bucket, and which member's cap it counts against; the product's sessions hold it. */
export function heldUnits(
  reserved: readonly ReservedUnits[],
  buckets: readonly StoredBucket[],
  productId: string,
  { ratingGroup, upfId, usageClass }: HeldAt,
): Reservation[] {
  return reserved.map(({ bucketCode, units }) => {
    const held: Reservation = { ratingGroup, upfId, usageClass, kind: 'units', bucket: bucketCode, units };
    const bucket = buckets.find(({ code }) => code === bucketCode);
    const member = bucket ? cappedUnder(bucket, productId) : null;
    if (member !== null) held.member = member;
    return held;
  });
}

/** What is held of each counter. */
export function heldCounters(counted: Counters, place: HeldAt): Reservation[] {
  return Object.entries(counted).map(([bucket, counter]) => {
    const { ratingGroup, upfId, usageClass } = place;
    const { units } = counter;
    return { ratingGroup, upfId, usageClass, kind: 'counter', bucket, units, counted: counter };
  });
}

/** What is held of money, as funds know it. */
export function holdOf({
  bucket,
  units,
  sharingId,
}: Pick<Reservation, 'bucket' | 'units' | 'sharingId'>): FundsHold {
  const hold = { bucketId: bucket, amount: amountFromMicro(units) };
  return sharingId === undefined ? hold : { ...hold, sharingId };
}

/** The group with what is held of its buckets and counters, or with −1 without it again; what is held of money is not its own. */
export function groupHolding(group: GroupPeriod, held: readonly Reservation[], sign: 1n | -1n): GroupPeriod {
  const units = held.filter(({ kind }) => kind === 'units');
  const counters = held.filter(({ kind }) => kind === 'counter');
  if (units.length === 0 && counters.length === 0) return group;
  const buckets = units.length === 0 ? group.buckets : moveReserved(group.buckets, units, sign);
  if (counters.length === 0) return groupWith(group, { buckets });
  let counterHolds = group.counterHolds ?? {};
  for (const { bucket, counted } of counters)
    if (counted) counterHolds = movedCounters(counterHolds, { [bucket]: counted }, sign);
  return groupWith(group, { buckets, counterHolds });
}

/** Adds what is held to the buckets' reserved units, or with −1 takes it off again. */
function moveReserved(
  buckets: readonly StoredBucket[],
  held: readonly HeldUnits[],
  sign: 1n | -1n,
): StoredBucket[] {
  const moved = [...buckets];
  for (const each of held) {
    const at = moved.findIndex(({ code }) => code === each.bucket);
    const bucket = moved[at];
    if (!bucket) continue;
    const reserved = sign > 0n ? bucket.reserved + each.units : bucket.reserved - each.units;
    const memberReserved = addedTo(bucket.memberReserved, each, sign);
    moved[at] = bucketWith(bucket, { reserved, memberReserved });
  }
  return moved;
}

function addedTo(
  sums: StoredBucket['memberReserved'],
  { member, units }: HeldUnits,
  sign: 1n | -1n,
): StoredBucket['memberReserved'] {
  if (member === undefined) return sums;
  const { [member]: before = 0n, ...others } = sums ?? {};
  const after = before + sign * units;
  if (after !== 0n) return { ...others, [member]: after };
  return Object.keys(others).length === 0 ? null : others;
}

/** The bucket with what is free: sessions hold neither what is left of it nor what its members may still use. */
export function freeBucket(bucket: StoredBucket): StoredBucket {
  const { memberReserved, memberUsed } = bucket;
  if (bucket.reserved === 0n && memberReserved === null) return bucket;
  const free = bucket.remaining - bucket.reserved;
  const remaining = free > 0n ? free : 0n;
  if (memberReserved === null) return bucketWith(bucket, { remaining });
  const taken = { ...memberUsed };
  for (const [member, units] of Object.entries(memberReserved)) taken[member] = (taken[member] ?? 0n) + units;
  return bucketWith(bucket, { remaining, memberUsed: taken });
}
