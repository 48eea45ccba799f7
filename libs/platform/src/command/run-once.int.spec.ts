import { DomainError } from '@ronghe/kernel';
import { startOperator, toyOrdering, ToyOrderingService, type TestOperator } from '@ronghe/testing';
import { runInContext, systemContext } from '../context/request-context';
import type { Transactions } from '../database/transactions.service';
import type { Tx } from '../database/tx';

let operator: TestOperator;
let transactions: Transactions;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyOrdering] });
  transactions = operator.get(ToyOrderingService).transactions;
});
afterAll(() => operator?.stop());

/** Work that leaves a row and says how often it ran. */
function writing(taskId: string) {
  let runs = 0;
  const work = async (tx: Tx): Promise<{ taskId: string; run: number }> => {
    runs += 1;
    await tx.execute('insert into ordering.task (task_id, done) values ($1, 1)', [taskId]);
    return { taskId, run: runs };
  };
  return { work, runs: () => runs };
}

const rows = async (taskId: string): Promise<number> =>
  (await operator.sql('select 1 from ordering.task where task_id = $1', [taskId])).length;

describe('the same key', () => {
  it('with the same input gets the stored answer', async () => {
    const { work, runs } = writing('again');
    const first = await transactions.once('op', 'again', { a: 1n, b: undefined }, work);
    const second = await transactions.once('op', 'again', { a: '1' }, work);
    expect(second).toEqual(first);
    expect([runs(), await rows('again')]).toEqual([1, 1]);
  });

  it('with another input is refused with HTTP 422, and the first answer stays', async () => {
    const options = { role: 'counter', key: 'other-body' } as const;
    const first = await operator.rest('POST', '/toy/tasks', { taskId: 'body' }, options);
    const other = await operator.rest('POST', '/toy/tasks', { taskId: 'body', note: 'more' }, options);
    const again = await operator.rest('POST', '/toy/tasks', { taskId: 'body' }, options);
    expect(other).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused', traceId: expect.any(String) },
    });
    expect(again).toMatchObject({ status: 201, body: first.body });
  });

  it('given at once by many has one effect and one answer', async () => {
    const { work, runs } = writing('at-once');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => transactions.once('op', 'at-once', {}, work)),
    );
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ taskId: 'at-once', run: 1 })));
    expect([runs(), await rows('at-once')]).toEqual([1, 1]);
  });

  it('waits for the first, and is told to come again when that takes too long', async () => {
    const { work } = writing('slow');
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const first = transactions.once('op', 'slow', {}, async (tx) => {
      await finished;
      return work(tx);
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(transactions.once('op', 'slow', {}, work)).rejects.toMatchObject({
      code: 'busy',
      kind: 'conflict',
    });
    finish();
    await expect(transactions.once('op', 'slow', {}, work)).resolves.toEqual(await first);
  });

  it('is another command for another actor or another operation', async () => {
    const as = (id: string, operation: string): Promise<unknown> =>
      runInContext(systemContext(id, 'test'), () =>
        transactions.once(operation, 'shared', {}, async () => `${id} ${operation}`),
      );
    expect(await Promise.all([as('ann', 'op'), as('bob', 'op'), as('ann', 'other')])).toEqual([
      'ann op',
      'bob op',
      'ann other',
    ]);
  });
});

describe('a refusal', () => {
  it('undoes its effects and is stored', async () => {
    let runs = 0;
    const refuse = async (tx: Tx): Promise<never> => {
      runs += 1;
      await writing('refused').work(tx);
      tx.enqueue('ordering.work', { taskId: 'refused' });
      tx.emit('order.failed.v1', {
        aggregateId: 'x',
        lane: 1,
        version: 1,
        payload: { orderId: 'x', customerId: 'x', reason: 'x' },
      });
      throw new DomainError('sold_out', 'conflict', 'Nothing left.', { left: 0 });
    };
    const refusal = { code: 'sold_out', kind: 'conflict', message: 'Nothing left.', details: { left: 0 } };
    await expect(transactions.once('op', 'refused', {}, refuse)).rejects.toMatchObject(refusal);
    await expect(transactions.once('op', 'refused', {}, refuse)).rejects.toMatchObject(refusal);
    expect([runs, await rows('refused')]).toEqual([1, 0]);
    expect(await operator.sql(`select 1 from ordering.outbox where type = 'order.failed.v1'`)).toEqual([]);
  });

  it('that only says "not now" is not stored', async () => {
    const { work } = writing('later');
    let isUp = false;
    const tryIt = (): Promise<unknown> =>
      transactions.once('op', 'later', {}, async (tx) => {
        const answer = await work(tx);
        if (!isUp) throw new DomainError('element_down', 'unavailable', 'Later.');
        return answer;
      });
    await expect(tryIt()).rejects.toMatchObject({ code: 'element_down' });
    expect(await rows('later')).toBe(0);
    isUp = true;
    await expect(tryIt()).resolves.toMatchObject({ taskId: 'later' });
    expect(await rows('later')).toBe(1);
  });
});

it('begins anew after a crash, and answers from the store after that', async () => {
  const { work } = writing('crash');
  const crashing = transactions.once('op', 'crash', {}, async (tx) => {
    await work(tx);
    const [session] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await operator.sql('select pg_terminate_backend($1)', [session?.pid]);
    await tx.query('select 1');
  });
  await expect(crashing).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await rows('crash')).toBe(0);
  const answer = await transactions.once('op', 'crash', {}, work);
  expect(await transactions.once('op', 'crash', {}, work)).toEqual(answer);
  expect(await rows('crash')).toBe(1);
});

it('keeps who, how, when and a hash of what, but not what', async () => {
  const input = { identityNumber: '11010519491231002X' };
  await runInContext({ ...systemContext('ann', 'graphql'), reason: 'lost card' }, () =>
    transactions.once('op', 'recorded', input, async () => ({ done: true })),
  );
  const [row] = await operator.sql<Record<string, unknown>>(
    `select * from ordering.command_log where key = 'recorded'`,
  );
  expect(row).toMatchObject({
    actor: 'system:ann',
    channel: 'graphql',
    reason: 'lost card',
    outcome: 'succeeded',
  });
  expect(row?.['business_at']).toEqual(new Date('2026-05-31T16:00:00.000Z'));
  expect(row?.['recorded_at']).not.toEqual(row?.['business_at']);
  expect(JSON.stringify(row)).not.toContain(input.identityNumber);
});

it.each(['', 'k'.repeat(201)])('refuses the key "%s"', async (key) => {
  await expect(transactions.once('op', key, {}, async () => 1)).rejects.toMatchObject({
    code: 'idempotency_key_invalid',
  });
});

it('asks for a key where a header should carry it', async () => {
  const answer = await operator.rest('POST', '/toy/tasks', { taskId: 'keyless' }, { role: 'counter' });
  expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency_key_missing' } });
});
