import type { DomainError } from '@ronghe/kernel';
import { zeroAmount } from '@ronghe/kernel';
import type { GroupPeriod } from '../balance/group-period';
import type { ComputedSettlement } from '../balance/settle-group';
import {
  chargeDeltasOf,
  groupDeltaOf,
  isChange,
  type ChargeDelta,
  type ReportedGroup,
} from './rerating-delta';

/** A period that cannot be rated, and why. */
export interface RatingProblem {
  group: GroupPeriod;
  problem: DomainError;
}

/** What a batch of card groups adds to a report. */
export interface ReportPart {
  groups: ReportedGroup[];
  charges: ChargeDelta[];
}

/** The report of what was computed; periods that stay as they are do not appear. */
export function reportOf(
  settlements: readonly ComputedSettlement[],
  problems: readonly RatingProblem[],
): ReportPart {
  const changes = settlements.filter(isChange);
  return {
    groups: [
      ...changes.map((settlement) => ({ ...groupDeltaOf(settlement), problem: null })),
      ...problems.map(problemRow),
    ],
    charges: changes.flatMap(chargeDeltasOf),
  };
}

function problemRow({ group, problem }: RatingProblem): ReportedGroup {
  const { lane, cardGroupId, period, accountId } = group;
  return {
    ...{ lane, cardGroupId, period, accountId },
    ...{ events: 0, changed: 0, bucketMoves: 0, before: zeroAmount, after: zeroAmount, revisions: 0 },
    problem: `${problem.code}: ${problem.message}`,
  };
}
