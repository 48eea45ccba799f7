import type { Rollover } from '@ronghe/contracts';
import type { Amount, BillPeriod, Ratio } from '@ronghe/kernel';
import { allowanceOf } from './bucket-codes';
import { compareText } from './compare-text';
import type { BucketGrant } from './entitlements';

/** A bucket as usage finds it. */
export interface BucketState extends BucketGrant {
  /** 0 ≤ remaining ≤ quantity. */
  remaining: bigint;
  /** Units by product, where the bucket has a member cap; absent: nothing yet. */
  memberUsed?: Readonly<Record<string, bigint>>;
}

/** What a usage price has counted so far in a period. */
export interface Counter {
  /** Units out of bundle. */
  units: bigint;
  /** Events of which anything was out of bundle and not free. */
  events: bigint;
  /** Σ of pre-rated amounts, where the model prices amounts. */
  amount?: Amount;
  /** Σ of the exact prices of events, where they follow from nothing else here (percentages, rounded events). */
  price?: Ratio;
  /**
   * Σ of what its events are worth, each at its own price, before the period's minimum, maximum and cap: where a price has
   * rates or one of those limits.
   */
  spent?: Amount;
}

/** All that rating remembers of one card group and bill period. Plain data; never changed in place. */
export interface RatingState {
  readonly buckets: readonly BucketState[];
  /** By counter key (`UsagePlan.counterKey`); a missing one is zero. */
  readonly counters: Readonly<Record<string, Counter>>;
}

/** The state in which a period begins: nothing of the buckets is used yet, by nobody. */
export function openState(grants: readonly (BucketGrant & Pick<BucketState, 'memberUsed'>)[]): RatingState {
  return {
    buckets: grants.map(({ memberUsed: _, ...grant }) => ({ ...grant, remaining: grant.quantity })),
    counters: {},
  };
}

/**
 * The buckets that go over into the next period: what is left of each of the period's own that rolls over, at most its
 * cap for all parts of one allowance together, the plain code first, and of each that outlives the period (a pack of so many days), under its own code until its validity ends. What
 * was itself rolled over lapses. Nothing left, no bucket. Members' caps begin anew.
 */
export function rollover(state: RatingState, nextPeriod: BillPeriod): BucketGrant[] {
  const goneOver = new Map<string, bigint>();
  return state.buckets.toSorted(byCode).flatMap(({ remaining, memberUsed: _, ...grant }) => {
    if (remaining <= 0n || grant.origin === 'rolled') return [];
    if (grant.validTo > nextPeriod.from) return [{ ...grant, origin: 'carried', quantity: remaining }];
    if (grant.rollover === null) return [];
    const allowance = allowanceOf(grant);
    const gone = goneOver.get(allowance) ?? 0n;
    const rolled = rolledOver(grant, grant.rollover, { remaining, gone }, nextPeriod);
    goneOver.set(allowance, gone + (rolled?.quantity ?? 0n));
    return rolled ?? [];
  });
}

function rolledOver(
  grant: BucketGrant,
  { cap }: Rollover,
  { remaining, gone }: { remaining: bigint; gone: bigint },
  nextPeriod: BillPeriod,
): BucketGrant | null {
  const most = cap === null ? remaining : BigInt(cap) - gone;
  const quantity = remaining < most ? remaining : most;
  if (quantity <= 0n) return null;
  return {
    ...grant,
    code: `rolled/${grant.code}`,
    origin: 'rolled',
    quantity,
    validFrom: nextPeriod.from,
    validTo: nextPeriod.to,
  };
}

function byCode(a: BucketGrant, b: BucketGrant): number {
  return compareText(a.code, b.code);
}
