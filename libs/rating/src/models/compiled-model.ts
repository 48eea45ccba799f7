import type { Amount, Ratio } from '@ronghe/kernel';
import type { Operation } from '../operations';
import type { Counter } from '../rating-state';

/** What a model's counter is asked for: units after free ones, and what else it holds. */
export type PricedCounter = Pick<Counter, 'units' | 'events' | 'amount'>;

/** A price model made ready. One per file in this folder. */
export interface CompiledModel {
  /** The exact price, in currency, of all that the counter holds; not always in lowest terms. */
  total(counter: PricedCounter): Ratio;
  /** Set where what an event costs does not follow from sums: its exact price after what the counter holds. */
  eventPrice?: (before: PricedCounter, amount: Amount) => Ratio;
  /** It prices the amounts of events (`UsageEvent.preratedAmount`), not their units. */
  pricesAmounts: boolean;
  /** The operation that prices so many units, or such an amount (a number or step reference); null when that does not decide. */
  explain(measure: string): { op: Operation; inputs: Record<string, string> } | null;
}
