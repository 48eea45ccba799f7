import { amountFromMicro, amountToDecimal, type Instant } from '@ronghe/kernel';
import type {
  ReratingCharge,
  ReratingDelta as ReratingDeltaView,
  ReratingProblem,
  ReratingScope as ReratingScopeView,
  ReratingState as ReratingStateName,
  ReratingSummary as ReratingSummaryView,
  UsageClass,
} from '../generated/graphql';
import { secondsLeft, type Rerating, type ReratingScope, type ReratingSummary } from './rerating';
import type { ChargeSum, ReportedDelta, ReportedGroup } from './rerating-delta';

/** A re-rating as GraphQL shows it; what it changes is resolved where it is asked for. */
export function reratingView(rerating: Rerating, now: Instant) {
  const { reratingId, scope, state, reason, requestedBy, requestedAt, finishedAt, progress } = rerating;
  const isRunning = state === 'previewing' || state === 'applying';
  return {
    rerating,
    ...{ reratingId, reason, requestedBy, requestedAt, finishedAt },
    state: state.toUpperCase() as ReratingStateName,
    scope: scopeView(scope),
    progress: {
      done: progress.done,
      total: progress.total,
      secondsLeft: isRunning ? secondsLeft(progress, now) : null,
    },
  };
}

export type ReratingView = ReturnType<typeof reratingView>;

/** The figures of a report. */
export function summaryView({ before, after, ...counts }: ReratingSummary): ReratingSummaryView {
  return { ...counts, ...amountsView(before, after) };
}

/** A price of a report. */
export function chargeView(charge: ChargeSum): ReratingCharge {
  const { chargeCode, changed, before, after } = charge;
  return { chargeCode, changed, ...amountsView(before, after) };
}

/** A change, with the id that pages go by. */
export function deltaView(delta: ReportedDelta): ReratingDeltaView & { deltaId: string } {
  const { deltaId, accountId, period, productId, card, chargeCode, pricedBefore, pricedAfter, changed } =
    delta;
  return {
    ...{ deltaId, accountId, period, productId, card, chargeCode, pricedBefore, pricedAfter, changed },
    unitsBefore: delta.unitsBefore.toString(),
    unitsAfter: delta.unitsAfter.toString(),
    ...amountsView(delta.before, delta.after),
  };
}

/** A period that cannot be rated. */
export function problemView({ accountId, cardGroupId, period, problem }: ReportedGroup): ReratingProblem {
  return { accountId, cardGroupId, period, reason: problem ?? '' };
}

/** Amounts before and after, with the difference. */
export function amountsView(before: bigint, after: bigint): { before: string; after: string; delta: string } {
  const decimal = (micro: bigint): string => amountToDecimal(amountFromMicro(micro));
  return { before: decimal(before), after: decimal(after), delta: decimal(after - before) };
}

function scopeView({ usageClass, ...scope }: ReratingScope): ReratingScopeView {
  return { ...scope, usageClass: usageClass && (usageClass.toUpperCase() as UsageClass) };
}
