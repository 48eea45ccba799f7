import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';

/** An update of a row of which nothing is indexed that changes costs no index anything (migration 400). */

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain] });
});
afterAll(() => operator?.stop());

/** What each report of a session, or its end, changes (batch-write.store.ts). */
const CHANGING = ['state', 'expires_at', 'lines', 'reserved', 'pace', 'answers'];

it('no index of sessions, nor the condition of one, is of what changes of them', async () => {
  const indexed = await operator.sql<{ column: string }>(
    `select distinct attname as column from pg_index join pg_attribute on attrelid = indrelid
     where indrelid = 'charging.session'::regclass and attnum > 0
       and (attnum = any(indkey) or pg_get_expr(indpred, indrelid) ~ ('\\m' || attname || '\\M')
         or pg_get_expr(indexprs, indrelid) ~ ('\\m' || attname || '\\M'))`,
  );
  const columns = indexed.map(({ column }) => column);
  expect(columns).toContain('notify_uri');
  expect(columns.filter((column) => CHANGING.includes(column))).toEqual([]);
});
