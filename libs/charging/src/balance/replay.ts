import {
  openState,
  ratePeriod,
  type BucketGrant,
  type BucketState,
  type RatedUsage,
  type RatingState,
  type UsageEvent,
  type UsagePlan,
} from '@ronghe/rating';

export interface Replay {
  /** Own and rolled-over grants of the period. */
  grants: readonly BucketGrant[];
  /** All events of the card group and period, in any order. */
  events: readonly UsageEvent[];
  planOf: (event: UsageEvent) => UsagePlan;
  /**
   * Per base bucket, the units that were rolled into the next period and used there. Late usage finds only
   * what is still unused (SEMANTICS §5).
   */
  usedNextPeriod: Readonly<Record<string, bigint>>;
}

/** Rates everything of a card group and period anew, in canonical order. */
export function replay({ grants, events, planOf, usedNextPeriod }: Replay): {
  rated: RatedUsage[];
  state: RatingState;
} {
  const inTime = ratePeriod(
    openState(grants),
    events.filter((event) => !event.isLate),
    planOf,
  );
  const late = events.filter((event) => event.isLate);
  if (late.length === 0) return inTime;
  const withheld = withhold(inTime.state, usedNextPeriod);
  const after = ratePeriod(withheld.state, late, planOf);
  return { rated: [...inTime.rated, ...after.rated], state: giveBack(after.state, withheld.units) };
}

/** Takes units out of sight, at most what is left; the state to rate late events against. */
export function withhold(
  state: RatingState,
  usedNextPeriod: Readonly<Record<string, bigint>>,
): { state: RatingState; units: Map<string, bigint> } {
  const units = new Map<string, bigint>();
  const buckets = state.buckets.map((bucket): BucketState => {
    const used = usedNextPeriod[bucket.code] ?? 0n;
    const held = used < bucket.remaining ? used : bucket.remaining;
    units.set(bucket.code, held);
    return { ...bucket, remaining: bucket.remaining - held };
  });
  return { state: { ...state, buckets }, units };
}

function giveBack(state: RatingState, units: ReadonlyMap<string, bigint>): RatingState {
  const buckets = state.buckets.map((bucket) => ({
    ...bucket,
    remaining: bucket.remaining + (units.get(bucket.code) ?? 0n),
  }));
  return { ...state, buckets };
}

export { backOutUsage as backOut } from '@ronghe/rating';
