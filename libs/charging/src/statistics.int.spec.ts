import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';

/** Statistics are gathered of what rows are found by, and of nothing long (migration 399). */

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain] });
});
afterAll(() => operator?.stop());

const GROWING = ['session', 'rated_usage', 'bucket_entry', 'outbox'];

interface Column {
  column: string;
  target: number | null;
  isIndexed: boolean;
  isLong: boolean;
}

function columnsOf(table: string): Promise<Column[]> {
  return operator.sql<Column>(
    `select attname as column, nullif(attstattarget, -1)::integer as target,
       exists (select from pg_index where indrelid = attrelid and (attnum = any(indkey)
         -- Also those of its condition.
         or pg_get_expr(indpred, indrelid) ~ ('\\m' || attname || '\\M'))) as "isIndexed",
       atttypid = 'jsonb'::regtype or attname in ('created', 'lines', 'reserved', 'pace', 'answers') as "isLong"
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [`charging.${table}`],
  );
}

it.each(GROWING)('are fewer for %s', async (table) => {
  const columns = await columnsOf(table);
  const indexed = columns.filter(({ isIndexed }) => isIndexed);
  expect(indexed.length).toBeGreaterThan(1);
  expect(indexed.filter(({ target }) => target !== 25)).toEqual([]);
  expect(columns.filter(({ isLong, target }) => isLong && target !== 0)).toEqual([]);
});

it('are whole for tables that do not grow with sessions', async () => {
  const columns = await columnsOf('account');
  expect(columns.map(({ target }) => target)).toEqual(columns.map(() => null));
});
