import type { Ratio } from '@ronghe/kernel';
import type { Operation } from '../operations';
import type { Counter } from '../rating-state';

/** A price model made ready. One per file in this folder. */
export interface CompiledModel {
  /** The exact price, in currency, of all that the counter holds. */
  total(counter: Counter): Ratio;
  /** The operation that prices so many units (a number or step reference); null when units alone do not decide. */
  explain(units: string): { op: Operation; inputs: Record<string, string> } | null;
}
