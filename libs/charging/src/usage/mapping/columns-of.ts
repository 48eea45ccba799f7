import type { UsageExpression, UsageSourcePolicy } from '@ronghe/contracts';

/** The columns that an expression looks at. */
export function columnsOf(expression: UsageExpression): string[] {
  if ('column' in expression) return [expression.column];
  return 'call' in expression ? expression.of.flatMap(columnsOf) : [];
}

/** The delivered columns that a derived one is made of, through other derived ones too; null for one that is not derived. */
export function inputsOf(
  { derived = [] }: Pick<UsageSourcePolicy, 'derived'>,
  column: string,
): string[] | null {
  const at = derived.findIndex((each) => each.column === column);
  const made = derived[at];
  if (!made) return null;
  // Only derived columns before it are known to it.
  const before = { derived: derived.slice(0, at) };
  return columnsOf(made.is).flatMap((each) => inputsOf(before, each) ?? [each]);
}
