import type { ControlCheck, EventType } from '@ronghe/contracts';
import type { Tx } from '../database/tx';

/** Counts and sums of one row, by column; PostgreSQL's bigint and numeric come as text. */
export type Totals<N extends string> = Record<N, string>;

/** The one row of a query of aggregates: `select (select count(*) …) as orders, …`. */
export async function totalsOf<N extends string>(tx: Tx, sql: string): Promise<Totals<N>> {
  const [row] = await tx.query<Totals<N>>(sql);
  if (!row) throw new Error('an aggregate without a row');
  return row;
}

/** A check over all that a domain has: `left` must equal `right`. */
export function checkOf(name: string, left: string, right: string): ControlCheck {
  return { name, scope: 'all', left, right };
}

/** Passes when nothing is wrong: `sql` counts what is, as `count`. */
export async function checkNothing(tx: Tx, name: string, sql: string): Promise<ControlCheck> {
  const { count } = await totalsOf<'count'>(tx, sql);
  return checkOf(name, count, '0');
}

/** Passes when the domain has published as many facts of a type as it has things to tell of: `count`. */
export async function checkTold(tx: Tx, name: string, count: string, type: EventType): Promise<ControlCheck> {
  const [row] = await tx.query<{ told: string }>(
    `select count(*) as told from ${tx.schema}.outbox where type = $1`,
    [type],
  );
  return checkOf(name, count, row?.told ?? '0');
}
