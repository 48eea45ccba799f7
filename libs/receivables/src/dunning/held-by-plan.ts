import { instantFromDate, localDateOf, moneyFromMinor, type LocalDate } from '@ronghe/kernel';
import type { FeeFacts } from './late-fee';

/** A plan that a bill is or was in, as stored: instants, and fen as text. */
export interface PlanOfBill {
  from: string;
  /** When it was kept, broken or cancelled; null while it lasts. */
  to: string | null;
  /** What of the bill was put in. */
  fen: string;
  /** What was left in it each time that a payment of the bill was taken back, in that order. */
  takenBack: readonly { at: string; left: string }[];
}

/**
 * What is in a plan is not late from the day of the plan until it ends. A payment of it that is taken back is owed at once,
 * outside the plan: from that day on only what is left in the plan is held. Before, it was paid or in the plan.
 */
export function heldByPlan(plan: PlanOfBill, zone: string): FeeFacts['held'] {
  const dayOf = (instant: string): LocalDate => localDateOf(instantFromDate(new Date(instant)), zone);
  const turns = [{ at: plan.from, left: plan.fen }, ...plan.takenBack];
  return turns.map(({ at, left }, index) => {
    const to = turns[index + 1]?.at ?? plan.to;
    return { from: dayOf(at), to: to === null ? null : dayOf(to), amount: moneyFromMinor(BigInt(left)) };
  });
}
