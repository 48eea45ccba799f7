import type { UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { chargingError } from '../charging.errors';

/**
 * What shall be rated again; what is given must all hold. A card group's period is rated again as a whole, since one
 * event moves the buckets and counters of those behind it.
 */
export interface ReratingScope {
  accountId: string | null;
  /** Every card group of an account that has or had a product of this offer, also by its bundle. */
  offeringCode: string | null;
  offeringVersion: number | null;
  /** Periods with usage that starts in this span, half-open … */
  usedFrom: Instant | null;
  usedTo: Instant | null;
  /** … and is of this class, and of this source. */
  usageClass: UsageClass | null;
  source: string | null;
}

/**
 * `previewing` → `previewed` → `applying` → `applied`. Applying goes back to `previewed` where something was rated
 * meanwhile: those card groups were previewed again and wait for a second decision.
 */
export type ReratingState = 'previewing' | 'previewed' | 'applying' | 'applied' | 'cancelled';

/** A request to rate again, with what came of it so far. */
export interface Rerating {
  reratingId: string;
  scope: ReratingScope;
  state: ReratingState;
  reason: string;
  requestedBy: string;
  /** Business time. */
  requestedAt: Instant;
  finishedAt: Instant | null;
  progress: ReratingProgress;
  /** The last card group that was looked at; null at the beginning. */
  cursor: CardGroupKey | null;
  /** Names every offer and policy version that the preview knew. */
  documents: string;
}

export interface CardGroupKey {
  lane: number;
  cardGroupId: string;
}

/** How far the running step is, in card groups. */
export interface ReratingProgress {
  total: number;
  done: number;
  /** System time at which the step began; null while it has not. */
  since: Instant | null;
}

/** What the changed periods come to. Amounts are micro-yuan. */
export interface ReratingSummary {
  /** Card groups' periods that come out differently, of these applied, and of these previewed again while applying. */
  periods: number;
  applied: number;
  recomputed: number;
  /** Periods that cannot be rated under the documents in force; they are left as they are. */
  problems: number;
  accounts: number;
  events: number;
  changed: number;
  before: bigint;
  after: bigint;
}

/** @throws DomainError `rerating_scope_invalid` */
export function checkScope(scope: ReratingScope): void {
  const { accountId, offeringCode, offeringVersion, usedFrom, usedTo } = scope;
  if (accountId === null && offeringCode === null && usedFrom === null) {
    throw chargingError('rerating_scope_invalid', 'name an account, an offer, or the start of a span');
  }
  if (offeringVersion !== null && offeringCode === null) {
    throw chargingError('rerating_scope_invalid', 'a version needs the offer that it is of');
  }
  if (usedFrom !== null && usedTo !== null && usedTo <= usedFrom) {
    throw chargingError('rerating_scope_invalid', 'the span ends before it begins');
  }
}

/** Whether the scope asks for usage of a certain kind, so that periods without any are left out. */
export function hasUsageFilter({ usedFrom, usedTo, usageClass, source }: ReratingScope): boolean {
  return usedFrom !== null || usedTo !== null || usageClass !== null || source !== null;
}

/** What applying means in a state: it starts, or has nothing to do any more. @throws DomainError `rerating_state_conflict` */
export function decideApply({
  state,
  reratingId,
}: Pick<Rerating, 'state' | 'reratingId'>): 'start' | 'nothing' {
  switch (state) {
    case 'previewed':
      return 'start';
    case 'applying':
    case 'applied':
      return 'nothing';
    case 'previewing':
    case 'cancelled':
      throw stateConflict(reratingId, `it is ${state}`);
  }
}

/** Whether it may be cancelled, or its preview made anew. @throws DomainError `rerating_state_conflict` */
export function checkUndecided({ state, reratingId }: Pick<Rerating, 'state' | 'reratingId'>): void {
  if (state === 'applying' || state === 'applied') throw stateConflict(reratingId, `it is ${state}`);
}

/** Seconds that the step will still take at the speed so far; null before anything can be said. */
export function secondsLeft({ total, done, since }: ReratingProgress, now: Instant): number | null {
  if (since === null || done === 0) return null;
  const elapsedMs = Date.parse(now) - Date.parse(since);
  return Math.ceil((elapsedMs * Math.max(0, total - done)) / done / 1000);
}

function stateConflict(reratingId: string, why: string) {
  return chargingError('rerating_state_conflict', `the re-rating cannot be changed: ${why}`, { reratingId });
}
