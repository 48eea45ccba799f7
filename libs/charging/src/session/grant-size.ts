import type { OnlineGrantSize } from '@ronghe/contracts';

/** What is known when the size of a grant has to be chosen. Quantities in one unit. */
export interface GrantSizeQuestion {
  sizes: OnlineGrantSize;
  grantLastsSeconds: number;
  shareOfFreePercent: number;
  /** What was used of the last grant, and in how long; null before there was one. */
  pace: { used: bigint; seconds: number } | null;
  /** What could be granted at most; null: there is no end to it. */
  free: bigint | null;
}

/**
 * How much to grant where the network names no size: what lasts for a while at the present pace, within the policy's
 * bounds, and no more than a share of what is left, so that several sessions of one balance can go on side by side.
 */
export function grantSize({
  sizes,
  grantLastsSeconds,
  shareOfFreePercent,
  pace,
  free,
}: GrantSizeQuestion): bigint {
  const minimum = BigInt(sizes.minimum);
  const wanted =
    pace === null || pace.used === 0n
      ? BigInt(sizes.first)
      : (pace.used * BigInt(grantLastsSeconds)) / BigInt(Math.max(1, Math.round(pace.seconds)));
  const bounded = clamp(wanted, minimum, BigInt(sizes.maximum));
  if (free === null) return bounded;
  const share = (free * BigInt(shareOfFreePercent)) / 100n;
  // Below the minimum the rest goes in one piece: smaller and smaller grants would cost more than they are worth.
  return bounded <= share ? bounded : share > minimum ? share : minimum;
}

function clamp(value: bigint, minimum: bigint, maximum: bigint): bigint {
  if (value < minimum) return minimum;
  return value > maximum ? maximum : value;
}
