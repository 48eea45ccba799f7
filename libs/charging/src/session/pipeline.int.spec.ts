import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import { BatchRun } from './batch-run.service';
import { prepared } from '../prepared-statement.store';

/** Statements of a batch are sent without waiting for one another: what is left of a batch that fails must not be felt. */

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain] });
});
afterAll(() => operator?.stop());

it('leaves the connection as it was when one of several statements fails', async () => {
  const transactions = operator.get(Transactions);
  const batches = operator.get(BatchRun);
  let backend = 0;
  const failing = transactions.run((tx) =>
    batches.pipelined(tx, async () => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      backend = row?.pid ?? 0;
      await Promise.all([
        prepared(tx, { name: 'failing', text: 'select 1 / $1::integer' }, [0]),
        ...Array.from({ length: 300 }, (_, n) =>
          prepared(tx, { name: `after-${n}`, text: `select ${n}::integer as n` }, []),
        ),
      ]);
    }),
  );
  await expect(failing).rejects.toThrow(/division by zero/);
  const seen = await Promise.all(
    Array.from({ length: 20 }, () =>
      transactions.run(async (tx) => {
        const [row] = await tx.query<{ pid: number; n: number }>('select pg_backend_pid() as pid, 7 as n');
        const [next] = await tx.query<{ n: number }>('select 8 as n');
        return [row?.pid, row?.n, next?.n];
      }),
    ),
  );
  expect(seen.map(([, ...answers]) => answers)).toEqual(Array.from({ length: 20 }, () => [7, 8]));
  expect(seen.map(([pid]) => pid)).toContain(backend);
});
