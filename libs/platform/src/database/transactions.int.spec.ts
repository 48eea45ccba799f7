import { DomainError } from '@ronghe/kernel';
import { startOperator, toyOrdering, ToyOrderingService, type TestOperator } from '@ronghe/testing';
import type { Transactions } from './transactions.service';
import type { Tx } from './tx';

let operator: TestOperator;
let transactions: Transactions;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyOrdering] });
  transactions = operator.get(ToyOrderingService).transactions;
});
afterAll(() => operator?.stop());

const add = (tx: Tx, taskId: string): Promise<number> =>
  tx.execute('insert into ordering.task (task_id, done) values ($1, 1)', [taskId]);
const failed = (orderId: string) => ({
  aggregateId: orderId,
  lane: 7,
  version: 1,
  payload: { orderId, customerId: 'c', reason: 'tried' },
});

it('commits rows and events together, or neither', async () => {
  const work = (orderId: string, fails: boolean) =>
    transactions.run(async (tx) => {
      await add(tx, orderId);
      tx.emit('order.failed.v1', failed(orderId));
      if (fails) throw new DomainError('changed_mind', 'conflict', 'No.');
    });
  await work('kept', false);
  await expect(work('dropped', true)).rejects.toMatchObject({ code: 'changed_mind' });
  const tasks = await operator.sql(`select task_id from ordering.task where task_id in ('kept', 'dropped')`);
  const events = await operator.sql(`select aggregate_id from ordering.outbox where lane = 7`);
  expect([tasks, events]).toEqual([[{ task_id: 'kept' }], [{ aggregate_id: 'kept' }]]);
});

it('numbers the events of a lane without a gap, whoever fails in between', async () => {
  const lane = 9;
  await Promise.allSettled(
    Array.from({ length: 40 }, (_, at) =>
      transactions.run(async (tx) => {
        tx.emit('order.failed.v1', { ...failed(`${at}`), lane });
        tx.emit('order.failed.v1', { ...failed(`${at}`), lane: lane + (at % 2) });
        if (at % 3 === 0) throw new Error('not this one');
      }),
    ),
  );
  for (const each of [lane, lane + 1]) {
    const rows = await operator.sql<{ sequence: string }>(
      'select sequence from ordering.outbox where lane = $1 order by sequence',
      [each],
    );
    expect(rows.map((row) => Number(row.sequence))).toEqual(rows.map((_, at) => at + 1));
    expect(rows.length).toBeGreaterThan(10);
  }
});

it('runs again after a deadlock', async () => {
  await transactions.run(async (tx) => {
    await add(tx, 'left');
    await add(tx, 'right');
  });
  const touch = (tx: Tx, taskId: string): Promise<number> =>
    tx.execute('update ordering.task set attempts = attempts + 1 where task_id = $1', [taskId]);
  const both = (first: string, second: string): Promise<void> =>
    transactions.run(async (tx) => {
      await touch(tx, first);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await touch(tx, second);
    });
  await Promise.all([both('left', 'right'), both('right', 'left')]);
  const rows = await operator.sql(`select attempts from ordering.task where task_id in ('left', 'right')`);
  expect(rows).toEqual([{ attempts: 2 }, { attempts: 2 }]);
});

it('reads one snapshot and writes nothing', async () => {
  const counted = await transactions.read(async (tx) => {
    const count = async (): Promise<unknown> => (await tx.query('select count(*) from ordering.task'))[0];
    const before = await count();
    await transactions.run((other) => add(other, 'meanwhile'));
    return [before, await count()];
  });
  expect(counted[0]).toEqual(counted[1]);
  await expect(transactions.read((tx) => add(tx, 'never'))).rejects.toThrow(/read-only/);
});

it('tells a clash of identities from a defect', async () => {
  await transactions.run((tx) => add(tx, 'twin'));
  await expect(transactions.run((tx) => add(tx, 'twin'))).rejects.toMatchObject({
    code: 'already_exists',
    details: { constraint: 'task_pkey' },
  });
  await expect(transactions.run((tx) => tx.query('select nonsense'))).rejects.not.toBeInstanceOf(DomainError);
});

it('gives rows and counts, also for what an update returns', async () => {
  const [touched, returned] = await transactions.run(async (tx) => {
    await add(tx, 'one');
    await add(tx, 'two');
    const rows = `task_id in ('one', 'two')`;
    return [
      await tx.execute(`update ordering.task set attempts = 5 where ${rows}`),
      await tx.query<{ task_id: string }>(`delete from ordering.task where ${rows} returning task_id`),
    ] as const;
  });
  expect(touched).toBe(2);
  expect(returned.map((row) => row.task_id).sort()).toEqual(['one', 'two']);
});
