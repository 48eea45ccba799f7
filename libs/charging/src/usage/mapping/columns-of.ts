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
  // Only derived columns before it are known to one, so that each is looked at once.
  const inputs = new Map<string, Set<string>>();
  for (const { column: made, is } of derived) {
    if (inputs.has(made)) continue;
    inputs.set(made, new Set(columnsOf(is).flatMap((each) => [...(inputs.get(each) ?? [each])])));
  }
  const found = inputs.get(column);
  return found ? [...found] : null;
}
