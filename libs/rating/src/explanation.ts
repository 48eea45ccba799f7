import type { LocalizedText } from '@ronghe/contracts';
import { evaluate, type Operation } from './operations';

/**
 * One operation on decimal operands. An operand is a decimal (`199.00`, `20`) or the result of an earlier step
 * (`#1` is the first step's).
 */
export interface ExplanationStep {
  op: Operation;
  inputs: Record<string, string>;
  result: string;
  text: LocalizedText;
}

/** Why a figure is what it is. The last step's result is the figure. */
export interface Explanation {
  steps: ExplanationStep[];
  result: string;
}

/** A reference to the result of a step, used as an operand of a later one. */
export type StepReference = `#${number}`;

/** Builds an explanation; each step's result is computed by the operation, never passed in. */
export class ExplanationBuilder {
  private readonly steps: ExplanationStep[] = [];

  /** Adds a step and returns the reference to its result. */
  add(op: Operation, inputs: Record<string, string>, text: (result: string) => LocalizedText): StepReference {
    const result = evaluate(op, resolveInputs(inputs, this.steps));
    this.steps.push({ op, inputs, result, text: text(result) });
    return `#${this.steps.length}`;
  }

  /** Appends another explanation's steps and returns the reference to its result. */
  append(other: Explanation): StepReference {
    const offset = this.steps.length;
    for (const step of other.steps) {
      // The first explanation of all keeps its references, and each step is shared with it.
      this.steps.push(offset === 0 ? step : { ...step, inputs: shiftedInputs(step.inputs, offset) });
    }
    return `#${this.steps.length}`;
  }

  /** The result of a step as a decimal. */
  valueOf(reference: StepReference): string {
    return operandValue(reference, this.steps);
  }

  /** The reference to the latest step's result. */
  last(): StepReference {
    return `#${this.steps.length}`;
  }

  /** The explanation so far. */
  build(): Explanation {
    return { steps: [...this.steps], result: this.steps.at(-1)?.result ?? '0' };
  }
}

/**
 * Evaluates the operations again from the inputs alone, ignoring every recorded result.
 * Returns the figure that comes out; it equals `explanation.result` unless the explanation was changed.
 */
export function recompute(explanation: Explanation): string {
  const results: ExplanationStep[] = [];
  for (const step of explanation.steps) {
    results.push({ ...step, result: evaluate(step.op, resolveInputs(step.inputs, results)) });
  }
  return results.at(-1)?.result ?? '0';
}

/** One readable text: the steps' sentences, one after the other. */
export function explanationText(explanation: Explanation, language: keyof LocalizedText): string {
  return explanation.steps.map((step) => step.text[language]).join(language === 'en' ? '; ' : '；');
}

function resolveInputs(
  inputs: Record<string, string>,
  earlier: readonly ExplanationStep[],
): Record<string, string> {
  const resolved: Record<string, string> = {};
  for (const name of Object.keys(inputs)) resolved[name] = operandValue(inputs[name] ?? '', earlier);
  return resolved;
}

function shiftedInputs(inputs: Record<string, string>, offset: number): Record<string, string> {
  const shifted: Record<string, string> = {};
  for (const name of Object.keys(inputs)) shifted[name] = shiftReference(inputs[name] ?? '', offset);
  return shifted;
}

function operandValue(operand: string, earlier: readonly ExplanationStep[]): string {
  if (!operand.startsWith('#')) return operand;
  const step = earlier[Number(operand.slice(1)) - 1];
  if (!step) throw new RangeError(`step ${operand} does not come before its use`);
  return step.result;
}

function shiftReference(operand: string, offset: number): string {
  return operand.startsWith('#') ? `#${Number(operand.slice(1)) + offset}` : operand;
}
