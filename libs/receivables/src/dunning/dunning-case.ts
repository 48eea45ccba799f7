import type { DunningState } from '@ronghe/contracts';
import { type LocalDate } from '@ronghe/kernel';
import { daysToLookAt, isStricter, statesOn, stopOf, type DunningFacts, type Stop } from './dunning-state';
import { overdueOn, type Overdue } from './overdue';

/** Why dunning keeps still: a clerk's word for a while, or for good. */
export type Hold =
  /** Nothing holds it. */
  | 'none'
  /** What is stopped stays so, and nothing more happens. */
  | 'kept'
  /** Nothing is stopped and nobody is reminded. */
  | 'released';

/** The case of an account and service class as it stands. */
export interface CaseStanding {
  stop: Stop;
  /** The state that was reached last; null while it has none. */
  stateCode: string | null;
  /** Notices that were raised in this case, each once. */
  noticed: readonly string[];
}

/** No case, or one that has just been opened. */
export const newStanding: CaseStanding = { stop: 'none', stateCode: null, noticed: [] };

/** A step of a case, in the order in which they happened. */
export interface CaseStep {
  kind: 'notice' | 'stop' | 'resume' | 'closed';
  /** The state that brought it; null for a step back. */
  state: DunningState | null;
  stop: Stop;
}

export interface CaseDecision {
  standing: CaseStanding;
  steps: CaseStep[];
  overdue: Overdue | null;
  isClosed: boolean;
}

/**
 * What is to happen with a case on a day. The strictest stop whose conditions hold is wanted; of notices that have come
 * up meanwhile only the latest is raised. Paying below a state's conditions takes its stop back.
 */
export function decideCase(
  states: readonly DunningState[],
  facts: DunningFacts,
  standing: CaseStanding,
  { day, hold }: { day: LocalDate; hold: Hold },
): CaseDecision {
  const overdue = overdueOn(facts.debts, day);
  const holding = hold === 'released' ? [] : statesOn(states, facts, day);
  const wanted = stopOf(holding);
  const stop = hold === 'kept' && isStricter(wanted.stop, standing.stop) ? standing.stop : wanted.stop;
  const notices = hold === 'none' ? holding.filter(({ effect }) => effect === 'notice') : [];
  const fresh = notices.filter(({ code }) => !standing.noticed.includes(code));
  const steps: CaseStep[] = [];
  const latest = fresh.at(-1);
  if (latest) steps.push({ kind: 'notice', state: latest, stop });
  if (stop !== standing.stop) {
    const isMore = isStricter(stop, standing.stop);
    steps.push({ kind: isMore ? 'stop' : 'resume', state: isMore ? wanted.state : null, stop });
  }
  const isClosed = stop === 'none' && (overdue === null || (holding.length === 0 && hold !== 'released'));
  const stateCode = holding.at(-1)?.code ?? null;
  const noticed = [...standing.noticed, ...fresh.map(({ code }) => code)];
  return { standing: { stop, stateCode, noticed }, steps, overdue, isClosed };
}

/** What comes next if nothing is paid, and on which day; null when nothing does. */
export function foretell(
  states: readonly DunningState[],
  facts: DunningFacts,
  standing: CaseStanding,
  { day, hold }: { day: LocalDate; hold: Hold },
): { day: LocalDate; step: CaseStep } | null {
  if (hold !== 'none') return null;
  for (const later of daysToLookAt(states, facts, day)) {
    const { steps } = decideCase(states, facts, standing, { day: later, hold });
    const step = steps.find(({ kind }) => kind === 'stop') ?? steps.find(({ kind }) => kind === 'notice');
    if (step) return { day: later, step };
  }
  return null;
}
