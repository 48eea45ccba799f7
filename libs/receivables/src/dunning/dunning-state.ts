import type { BlockKind, DunningEffect, DunningState } from '@ronghe/contracts';
import { addDays, dayOfMonth, moneyFromDecimal, type LocalDate } from '@ronghe/kernel';
import { overdueOn, type Debt } from './overdue';

/** What dunning wants of the products of a service class. */
export type Stop = 'none' | BlockKind | 'termination';

/** What decides which states of a service class hold. */
export interface DunningFacts {
  debts: readonly Debt[];
  /** Class of the customer: `standard`, `enterprise`. */
  customerClass: string;
  /** Day on which the full stop took effect on all products; null while it is not so. */
  stoppedSince: LocalDate | null;
}

/** The states that hold on a day, in the order of the policy. */
export function statesOn(
  states: readonly DunningState[],
  facts: DunningFacts,
  day: LocalDate,
): DunningState[] {
  const overdue = overdueOn(facts.debts, day);
  if (!overdue) return [];
  return states.filter((state) => {
    const { customerClasses, minimumAmount, minimumBills } = state;
    if (customerClasses !== null && !customerClasses.includes(facts.customerClass)) return false;
    if (overdue.amount < moneyFromDecimal(minimumAmount) || overdue.bills < minimumBills) return false;
    if (dayOfState(state, overdue.since) > day) return false;
    return state.stoppedDays === null || isStoppedFor(state.stoppedDays, facts.stoppedSince, day);
  });
}

/** The day from which a state may hold for a bill that became late on a day. */
export function dayOfState({ overdueDays, onDay }: DunningState, lateFrom: LocalDate): LocalDate {
  let day = addDays(lateFrom, overdueDays);
  if (onDay !== null) while (dayOfMonth(day) !== onDay) day = addDays(day, 1);
  return day;
}

/** Days after today on which another state may come to hold, if nothing is paid meanwhile; ascending. */
export function daysToLookAt(
  states: readonly DunningState[],
  { debts, stoppedSince }: DunningFacts,
  today: LocalDate,
): LocalDate[] {
  const days = debts.flatMap(({ lateFrom }) => [
    lateFrom,
    ...states.map((state) => dayOfState(state, lateFrom)),
  ]);
  if (stoppedSince !== null) {
    days.push(
      ...states.flatMap(({ stoppedDays }) =>
        stoppedDays === null ? [] : addDays(stoppedSince, stoppedDays),
      ),
    );
  }
  return [...new Set(days.filter((day) => day > today))].sort();
}

/** What states want together: what the strictest of them does. */
export function stopOf(states: readonly DunningState[]): { stop: Stop; state: DunningState | null } {
  let strictest: DunningState | null = null;
  for (const state of states) {
    if (state.effect === 'notice') continue;
    if (!strictest || strictness[stopOfEffect[state.effect]] > strictness[stopOfEffect[strictest.effect]]) {
      strictest = state;
    }
  }
  return { stop: strictest ? stopOfEffect[strictest.effect] : 'none', state: strictest };
}

/** Whether the one stops more than the other. */
export function isStricter(stop: Stop, than: Stop): boolean {
  return strictness[stop] > strictness[than];
}

function isStoppedFor(days: number, since: LocalDate | null, day: LocalDate): boolean {
  return since !== null && addDays(since, days) <= day;
}

const strictness: Readonly<Record<Stop, number>> = {
  none: 0,
  'barred-outgoing': 1,
  'full-stop': 2,
  termination: 3,
};

const stopOfEffect: Readonly<Record<DunningEffect, Stop>> = {
  notice: 'none',
  'outgoing-stop': 'barred-outgoing',
  'full-stop': 'full-stop',
  termination: 'termination',
};
