import type { UsageExpression, UsageSourcePolicy } from '@ronghe/contracts';

/** Between the columns of a record id that is made of several. */
export const COMPOSITE_SEPARATOR = '+';

interface Problem {
  path: (string | number)[];
  message: string;
}

/** What a mapping document gets wrong although each of its values is well-formed: layouts, columns, tables. */
export function checkUsageSource(policy: UsageSourcePolicy): Problem[] {
  return [...checkLayout(policy), ...checkColumns(policy), ...checkTables(policy)];
}

const layouts = { csv: 'csv', 'fixed-width': 'fixedWidth', 'json-lines': 'json' } as const;

function checkLayout(policy: UsageSourcePolicy): Problem[] {
  const own = layouts[policy.format];
  const problems: Problem[] = Object.values(layouts)
    .filter((layout) => layout !== own && policy[layout] !== undefined)
    .map((layout) => ({ path: [layout], message: `does not belong to format ${policy.format}` }));
  if (own !== 'csv' && policy[own] === undefined)
    problems.push({ path: [own], message: `is needed by format ${policy.format}` });
  return problems;
}

/** Columns by name as a line gives them; null: the first line of each file names them. */
function deliveredColumns({ format, csv, fixedWidth, json }: UsageSourcePolicy): string[] | null {
  switch (format) {
    case 'csv':
      return csv?.columns ?? null;
    case 'fixed-width':
      return fixedWidth?.map(({ name }) => name) ?? [];
    case 'json-lines':
      return json?.map(({ name }) => name) ?? [];
  }
}

function checkColumns(policy: UsageSourcePolicy): Problem[] {
  const delivered = deliveredColumns(policy);
  const problems: Problem[] = [];
  const known = new Set(delivered ?? []);
  if (delivered && known.size < delivered.length)
    problems.push({ path: [layouts[policy.format]], message: 'names a column twice' });
  const need = (column: string, path: Problem['path']): void => {
    if (delivered && !known.has(column)) problems.push({ path, message: `there is no column ${column}` });
  };
  for (const { column, is } of policy.derived ?? []) {
    for (const used of columnsOf(is)) need(used, ['derived', column]);
    if (known.has(column)) problems.push({ path: ['derived', column], message: 'is there twice' });
    known.add(column);
  }
  const { recordId, type, subscriber, peer, start, preratedAmount, parts } = policy.columns;
  const named = { recordId, type, subscriber, peer, start, preratedAmount };
  for (const [meaning, column] of Object.entries(named)) if (column) need(column, ['columns', meaning]);
  for (const [meaning, column] of Object.entries(parts ?? {})) need(column, ['columns', 'parts', meaning]);
  for (const [index, each] of policy.types.entries()) need(each.quantity, ['types', index, 'quantity']);
  return problems;
}

function checkTables({ tables = {}, derived = [] }: UsageSourcePolicy): Problem[] {
  return derived.flatMap(({ column, is }) =>
    tablesOf(is)
      .filter((table) => !Object.hasOwn(tables, table))
      .map((table) => ({ path: ['derived', column], message: `there is no table ${table}` })),
  );
}

function columnsOf(expression: UsageExpression): string[] {
  if ('column' in expression) return [expression.column];
  return 'call' in expression ? expression.of.flatMap(columnsOf) : [];
}

function tablesOf(expression: UsageExpression): string[] {
  if (!('call' in expression)) return [];
  const [, table] = expression.of;
  const own =
    expression.call === 'lookup' ? [table && 'text' in table ? table.text : 'that is not a constant'] : [];
  return [...own, ...expression.of.flatMap(tablesOf)];
}
