import type { UsageExpression, UsageFunction } from '@ronghe/contracts';
import {
  addRatios,
  ceilRatio,
  compareRatios,
  divideRatios,
  floorRatio,
  multiplyRatios,
  ratioOf,
  roundRatio,
  subtractRatios,
} from '@ronghe/kernel';
import { conversion } from './delivered-unit';
import {
  boundedNumber,
  boundedText,
  conditionOf,
  countOf,
  numberOf,
  textOf,
  wholeRatio,
  type Value,
} from './expression-value';
import { Unreadable } from './unreadable';

/** Works out an expression from the values of a row. @throws Unreadable */
export type CompiledExpression = (row: readonly string[]) => Value;

/** What an expression may look at besides its row. */
export interface ExpressionScope {
  /** Position of a column in the row; undefined when no row has it. */
  indexOf(column: string): number | undefined;
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Makes an expression ready: closures over row positions, nothing interpreted per row. */
export function compileExpression(expression: UsageExpression, scope: ExpressionScope): CompiledExpression {
  if ('text' in expression) return () => expression.text;
  if ('column' in expression) {
    const index = scope.indexOf(expression.column);
    if (index === undefined) return () => '';
    return (row) => row[index] ?? '';
  }
  const of = expression.of.map((each) => compileExpression(each, scope));
  // Only the chosen branch is worked out, so that the other may be unreadable.
  if (expression.call === 'if') {
    const [condition, then, otherwise] = of;
    return (row) => (conditionOf(condition?.(row) ?? false) ? then?.(row) : otherwise?.(row)) ?? '';
  }
  const work = functions[expression.call];
  return (row) =>
    work(
      of.map((each) => each(row)),
      scope,
    );
}

type Work = (values: Value[], scope: ExpressionScope) => Value;

const functions: Record<Exclude<UsageFunction, 'if'>, Work> = {
  concat: (values) => boundedText(values.map(textOf).join('')),
  substring: ([text = '', from = '1', length]) => {
    const start = countOf(from) - 1;
    if (start < 0) throw new Unreadable('a text begins at position 1');
    return textOf(text).slice(start, length === undefined ? undefined : start + countOf(length));
  },
  trim: ([text = '']) => textOf(text).trim(),
  upper: ([text = '']) => textOf(text).toUpperCase(),
  lower: ([text = '']) => textOf(text).toLowerCase(),
  replace: ([text = '', old = '', by = '']) =>
    boundedText(textOf(text).replaceAll(textOf(old), () => textOf(by))),
  length: ([text = '']) => wholeRatio(BigInt([...textOf(text)].length)),
  add: ([a = '', b = '']) => boundedNumber(addRatios(numberOf(a), numberOf(b))),
  subtract: ([a = '', b = '']) => boundedNumber(subtractRatios(numberOf(a), numberOf(b))),
  multiply: ([a = '', b = '']) => boundedNumber(multiplyRatios(numberOf(a), numberOf(b))),
  divide: ([a = '', b = '']) => {
    const divisor = numberOf(b);
    if (divisor.numerator === 0n) throw new Unreadable('something is divided by zero');
    return boundedNumber(divideRatios(numberOf(a), divisor));
  },
  round: ([value = '']) => roundRatio(numberOf(value), 0),
  floor: ([value = '']) => wholeRatio(floorRatio(numberOf(value))),
  ceil: ([value = '']) => wholeRatio(ceilRatio(numberOf(value))),
  convert: ([value = '', from = '', to = '']) => {
    const by = conversion(textOf(from), textOf(to));
    if (!by) throw new Unreadable(`${textOf(from)} cannot become ${textOf(to)}`);
    return boundedNumber(multiplyRatios(numberOf(value), ratioOf(by.numerator, by.denominator)));
  },
  lookup: ([key = '', name = '', otherwise], { tables }) => {
    const table = Object.hasOwn(tables, textOf(name)) ? (tables[textOf(name)] ?? {}) : {};
    const text = textOf(key);
    if (Object.hasOwn(table, text)) return table[text] ?? '';
    if (otherwise !== undefined) return otherwise;
    throw new Unreadable(`${text.slice(0, 40)} is not in the table ${textOf(name)}`);
  },
  equals: ([a = '', b = '']) =>
    typeof a === 'object' || typeof b === 'object'
      ? compareRatios(numberOf(a), numberOf(b)) === 0
      : textOf(a) === textOf(b),
  less: ([a = '', b = '']) => compareRatios(numberOf(a), numberOf(b)) < 0,
  atMost: ([a = '', b = '']) => compareRatios(numberOf(a), numberOf(b)) <= 0,
  and: (values) => values.every(conditionOf),
  or: (values) => values.some(conditionOf),
  not: ([value = false]) => !conditionOf(value),
  startsWith: ([text = '', start = '']) => textOf(text).startsWith(textOf(start)),
};
