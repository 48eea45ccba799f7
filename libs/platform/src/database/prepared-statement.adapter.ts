import type { Tx } from './tx';

/** SQL that is parsed and planned once per connection. The name says which: it is the operator's, not the caller's. */
export interface Statement {
  name: string;
  text: string;
}

/** The edges of a transaction whose statements go out in rounds: a round takes them for prepared statements too. */
export const BEGIN: Statement = { name: 'begin', text: 'begin' };
export const COMMIT: Statement = { name: 'commit', text: 'commit' };

/** Where a transaction's statements are gathered to leave together (statement-rounds.adapter.ts). */
export interface AnyRounds {
  ask<R>(statement: Statement, values: readonly unknown[]): Promise<R[]>;
}

const roundsOf = new WeakMap<Tx, AnyRounds>();

/** From now on a transaction's prepared statements are asked in rounds; null: each by itself. */
export function keepRounds(tx: Tx, rounds: AnyRounds | null): void {
  if (rounds) roundsOf.set(tx, rounds);
  else roundsOf.delete(tx);
}

/** Runs a prepared statement on the transaction's connection; its rows. In rounds it is asked at once, before anything is awaited. */
export function prepared<R>(tx: Tx, statement: Statement, values: unknown[]): Promise<R[]> {
  return roundsOf.get(tx)?.ask<R>(statement, values) ?? preparedAlone<R>(tx, statement, values);
}

async function preparedAlone<R>(tx: Tx, statement: Statement, values: unknown[]): Promise<R[]> {
  const client = await tx.client();
  const { rows } = await client.query<R & object>({ ...statement, values });
  return rows;
}
