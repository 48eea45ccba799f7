import type { Amount } from '@ronghe/kernel';
import { groupPeriodId, type GroupPeriodKey } from '../balance/group-period';
import type { ComputedSettlement } from '../balance/settle-group';
import type { RatingOutcome, StoredUsage } from '../usage/rated-usage';

/** What rating again makes of a card group's period. */
export interface GroupDelta extends GroupPeriodKey {
  accountId: string;
  /** All events of the period, and those whose result is another. */
  events: number;
  changed: number;
  /** Buckets that are granted, used or described differently. */
  bucketMoves: number;
  /** Σ amounts of all events. */
  before: Amount;
  after: Amount;
  /** Σ revisions: tells whether anything was rated since. */
  revisions: number;
}

/** What of that falls on one price on one bill line. Only changed events are counted. */
export interface ChargeDelta extends GroupPeriodKey {
  accountId: string;
  /** The product on whose bill line it is, and its card. */
  productId: string;
  card: string;
  chargeCode: string;
  /** Offer versions before and after: `mobile-5g-199@1`; joined with `+` where there are several. Empty: none. */
  pricedBefore: string;
  pricedAfter: string;
  changed: number;
  /** Charged units. */
  unitsBefore: bigint;
  unitsAfter: bigint;
  before: Amount;
  after: Amount;
}

/** Whether a settlement would write anything that somebody sees. */
export function isChange({ changedUsage, change }: ComputedSettlement): boolean {
  return changedUsage.length > 0 || change.changedBuckets.length > 0;
}

/** The figures of one settlement. Σ over the charges of (after − before) = that of the group. */
export function groupDeltaOf({ change, changedUsage, usage, amountDelta }: ComputedSettlement): GroupDelta {
  const { lane, cardGroupId, period, accountId } = change.group;
  const before = usage.reduce((sum, each) => sum + each.amount, 0n);
  return {
    lane,
    cardGroupId,
    period,
    accountId,
    events: usage.length,
    changed: changedUsage.length,
    bucketMoves: change.changedBuckets.length,
    before: before as Amount,
    after: (before + amountDelta) as Amount,
    revisions: usage.reduce((sum, each) => sum + each.revision, 0),
  };
}

/** The changed events of a settlement by bill line and price. */
export function chargeDeltasOf({ changedUsage, usage }: ComputedSettlement): ChargeDelta[] {
  const deltas = new Map<string, Draft>();
  const storedById = new Map(usage.map((stored) => [stored.usageId, stored]));
  for (const now of changedUsage) {
    const stored = storedById.get(now.usageId);
    if (!stored) continue;
    add(deltas, stored, 'Before', stored);
    add(deltas, stored, 'After', now);
  }
  return [...deltas.values()].map(({ pricedBefore, pricedAfter, events, ...delta }) => ({
    ...delta,
    changed: events.size,
    pricedBefore: [...pricedBefore].sort().join('+'),
    pricedAfter: [...pricedAfter].sort().join('+'),
    before: delta.before as Amount,
    after: delta.after as Amount,
  }));
}

/** Whether a preview still says what would happen. */
export function isSameDelta(a: GroupDelta, b: GroupDelta): boolean {
  return (
    groupPeriodId(a) === groupPeriodId(b) &&
    a.events === b.events &&
    a.changed === b.changed &&
    a.bucketMoves === b.bucketMoves &&
    a.before === b.before &&
    a.after === b.after &&
    a.revisions === b.revisions
  );
}

type Draft = Omit<ChargeDelta, 'changed' | 'pricedBefore' | 'pricedAfter' | 'before' | 'after'> & {
  events: Set<string>;
  pricedBefore: Set<string>;
  pricedAfter: Set<string>;
  before: bigint;
  after: bigint;
};

function add(
  deltas: Map<string, Draft>,
  { lane, cardGroupId, period, accountId, usageId }: StoredUsage,
  side: 'Before' | 'After',
  outcome: RatingOutcome,
): void {
  const { bookedProductId: productId, bookedCard: card, chargeCode } = outcome;
  const key = `${productId} ${chargeCode}`;
  const known = deltas.get(key);
  const delta = known ?? {
    ...{ lane, cardGroupId, period, accountId, productId, card, chargeCode },
    ...{ unitsBefore: 0n, unitsAfter: 0n, before: 0n, after: 0n },
    events: new Set(),
    pricedBefore: new Set(),
    pricedAfter: new Set(),
  };
  if (!known) deltas.set(key, delta);
  delta.events.add(usageId);
  delta[`priced${side}`].add(`${outcome.offeringCode}@${outcome.offeringVersion}`);
  delta[`units${side}`] += outcome.unitsCharged;
  if (side === 'Before') delta.before += outcome.amount;
  else delta.after += outcome.amount;
}

/** A charge of a report with its id. */
export type ReportedDelta = ChargeDelta & { deltaId: string };

/** A group's figures; those with a problem change nothing. */
export type ReportedGroup = GroupDelta & { problem: string | null };

/** What the changed charges of one price come to, in micro-yuan. */
export interface ChargeSum {
  chargeCode: string;
  changed: number;
  before: bigint;
  after: bigint;
}
