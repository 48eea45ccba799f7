import type { Amount } from '@ronghe/kernel';
import { amountFromMicro } from '@ronghe/kernel';
import type { BucketGrant, UsageEvent, UsagePlan } from '@ronghe/rating';
import {
  eventOf,
  isSameOutcome,
  outcomeOf,
  type RatingOutcome,
  type StoredUsage,
} from '../usage/rated-usage';
import { contributionOf, type TotalChange } from '../usage/usage-totals';
import { laterPlace, type UsagePlace } from './canonical-order';
import { changeGroup, usedOfRolled, type GroupPeriodChange } from './group-change';
import type { GroupPeriod } from './group-period';
import { replay } from './replay';

/** All that settling one card group and period needs. */
export interface SettleInput {
  group: GroupPeriod;
  /** The open periods after it into which its buckets go, the next one first. */
  later: readonly GroupPeriod[];
  grants: readonly BucketGrant[];
  /** Everything that was used in the group and period. */
  usage: readonly StoredUsage[];
  planOf: (event: UsageEvent) => UsagePlan;
}

/** What settling changes. */
export interface Settlement {
  change: GroupPeriodChange;
  /** Usage whose result differs from what is stored, with the new result. */
  changedUsage: (StoredUsage & RatingOutcome)[];
  totalChanges: TotalChange[];
  /** Σ new − Σ old amounts. */
  amountDelta: Amount;
}

/** A settlement with all that was used in its group and period, as it was stored. */
export interface ComputedSettlement extends Settlement {
  usage: readonly StoredUsage[];
}

/**
 * Backs out everything of a card group and period and rates it again in canonical order, under the grants that hold
 * now. Settling what is settled changes nothing (SEMANTICS §3, §5).
 */
export function settleGroup({ group, later, grants, usage, planOf }: SettleInput): Settlement {
  const events = usage.map(eventOf);
  const plans = new Map<string, UsagePlan>();
  const { rated, state } = replay({
    grants,
    events,
    planOf: (event) => {
      const plan = planOf(event);
      plans.set(event.usageId, plan);
      return plan;
    },
    usedNextPeriod: usedOfRolled(later, group.cardGroupId),
  });
  const outcomes = new Map(rated.map((result) => [result.usageId, result]));
  const changedUsage: Settlement['changedUsage'] = [];
  const totalChanges: TotalChange[] = [];
  let delta = 0n;
  for (const stored of usage) {
    const result = outcomes.get(stored.usageId);
    const plan = plans.get(stored.usageId);
    if (!result || !plan) continue;
    const outcome = outcomeOf(result, plan);
    if (isSameOutcome(stored, outcome)) continue;
    changedUsage.push({ ...stored, ...outcome });
    totalChanges.push(contributionOf(stored, stored, -1n), contributionOf(stored, outcome));
    delta += outcome.amount - stored.amount;
  }
  const lastPlace = usage.reduce<UsagePlace | null>((last, place) => laterPlace(last, place), null);
  const change = changeGroup(group, { state, use: 'rerate', lastPlace, needsRerate: false });
  return { change, changedUsage, totalChanges, amountDelta: amountFromMicro(delta) };
}
