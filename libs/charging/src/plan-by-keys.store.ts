import { prepared, type Statement, type Tx } from '@ronghe/platform';

const PLAN_BY_KEYS: Statement = {
  name: 'charging-plan-by-keys',
  text: `select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true)`,
};

/** Has the transaction's statements planned by keys: what tables held when a statement was planned must not mislead it. */
export async function planByKeys(tx: Tx): Promise<void> {
  await prepared(tx, PLAN_BY_KEYS, []);
}
