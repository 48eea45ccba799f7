import type { RatingState, UsageEvent, UsagePlan } from '@ronghe/rating';
import { bucketsFor } from '@ronghe/rating';
import type { StoredBucket } from '../balance/group-period';

/** Octets in the KB that tariffs count (TARIFFS: 1 GB = 1,048,576 KB). */
const OCTETS_PER_KB = 1024n;
/** What is granted where no number is asked for: 100 MB. */
export const DEFAULT_GRANT_OCTETS = 100n * 1024n * 1024n;
/** How long a grant holds, in seconds; afterwards the session is taken for dead and gives back what it reserved. */
export const VALIDITY_SECONDS = 3600;

/** Units of a bucket that a session holds for itself. */
export interface ReservedUnits {
  bucketCode: string;
  units: bigint;
}

/** What a session may use. */
export interface Grant {
  /** 0: nothing is left. */
  octets: bigint;
  reserved: ReservedUnits[];
  /** Nothing more can be granted after it. */
  isFinal: boolean;
}

/** The question for quota. */
export interface QuotaQuestion {
  wantedOctets: bigint;
  event: UsageEvent;
  plan: UsagePlan;
  buckets: readonly StoredBucket[];
  counters: RatingState['counters'];
  /** Postpaid: what no allowance covers may be used at the out-of-bundle price, up to the tariff's cap. */
  mayExceed: boolean;
}

/** KB as tariffs count them: every begun one. */
export function kbOf(octets: bigint): bigint {
  return (octets + OCTETS_PER_KB - 1n) / OCTETS_PER_KB;
}

/**
 * Grants from what is free in the allowances (remaining − reserved by other sessions), in the order of use. What they do
 * not cover is granted beyond them if the account may exceed; else the grant is partial and the last.
 */
export function grantQuota({
  wantedOctets,
  event,
  plan,
  buckets,
  counters,
  mayExceed,
}: QuotaQuestion): Grant {
  const free = buckets.map((bucket) => ({ ...bucket, remaining: freeOf(bucket) }));
  const usable = bucketsFor(event, plan.price.document.unit, free);
  const reserved: ReservedUnits[] = [];
  let left = kbOf(wantedOctets);
  for (const bucket of usable) {
    if (left === 0n) break;
    const units = bucket.remaining < left ? bucket.remaining : left;
    reserved.push({ bucketCode: bucket.code, units });
    left -= units;
  }
  if (mayExceed && !isCapped(plan, counters)) return { octets: wantedOctets, reserved, isFinal: false };
  const units = sumOf(reserved.map((reservation) => reservation.units));
  const isFinal = units === sumOf(usable.map((bucket) => bucket.remaining));
  return { octets: left === 0n ? wantedOctets : units * OCTETS_PER_KB, reserved, isFinal };
}

function sumOf(units: readonly bigint[]): bigint {
  return units.reduce((sum, each) => sum + each, 0n);
}

function freeOf(bucket: StoredBucket): bigint {
  return bucket.remaining > bucket.reserved ? bucket.remaining - bucket.reserved : 0n;
}

function isCapped({ price, counterKey }: UsagePlan, counters: RatingState['counters']): boolean {
  const counter = counters[counterKey];
  return price.cap !== null && counter !== undefined && price.cappedPriceOf(counter) >= price.cap;
}
