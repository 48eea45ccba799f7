import { prepared, type Statement, type Tx } from '@ronghe/platform';

const SETTINGS = `set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
  set_config('enable_mergejoin', 'off', true)`;

const PLAN_BY_KEYS: Statement = { name: 'charging-plan-by-keys', text: `select ${SETTINGS}` };

const ONCE: Statement = {
  name: 'charging-plan-once-by-keys',
  text: `select ${SETTINGS}, set_config('plan_cache_mode', 'force_generic_plan', true)`,
};

const NUMBERED: Statement = {
  name: 'charging-plan-by-keys-numbered',
  text: `select pg_current_xact_id()::xid::text as number, ${SETTINGS}`,
};

/** Has the transaction's statements planned by keys: what tables held when a statement was planned must not mislead it. */
export async function planByKeys(tx: Tx): Promise<void> {
  await prepared(tx, PLAN_BY_KEYS, []);
}

/** The same, and each statement is planned once: while it seems cheap for few keys, it would be planned anew each time. */
export async function planOnceByKeys(tx: Tx): Promise<void> {
  await prepared(tx, ONCE, []);
}

/** Plans by keys in a transaction that writes; its number: the xmin of the rows that it writes. */
export async function planByKeysNumbered(tx: Tx): Promise<string> {
  const [row] = await prepared<{ number: string }>(tx, NUMBERED, []);
  return row?.number ?? '';
}
