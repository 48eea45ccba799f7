import IORedis from 'ioredis';
import { startOperator, toyOrdering, ToyOrderingService, type TestOperator } from '@ronghe/testing';

const redisUrl = process.env['REDIS_URL'] ?? '';
let operator: TestOperator;
let redis: IORedis;
beforeAll(async () => {
  if (!redisUrl) throw new Error('REDIS_URL is not set: run `npm run test:redis`.');
  redis = new IORedis(redisUrl);
  operator = await startOperator({ domains: [toyOrdering], environment: { REDIS_URL: redisUrl } });
});
afterAll(async () => {
  await operator?.stop();
  redis?.disconnect();
});

const tasks = (prefix: string) =>
  operator.sql<{ done: number }>('select done from ordering.task where task_id like $1', [`${prefix}%`]);

it('are kept in Redis, one hash tag per queue, and done once each', async () => {
  const place = (taskId: string): Promise<unknown> =>
    operator.command(
      'ordering.placeOrder',
      { customerId: 'c', accountId: taskId, items: [] },
      { key: taskId },
    );
  await Promise.all(Array.from({ length: 20 }, (_, at) => place(`redis${at}`)));
  await operator.settle();
  expect(await tasks('redis')).toEqual(Array.from({ length: 20 }, () => ({ done: 1 })));
  const keys = await redis.keys('*');
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !key.startsWith('{ronghe-ordering}'))).toEqual([]);
});

it('are found again in PostgreSQL when Redis has lost everything', async () => {
  await operator.get(ToyOrderingService).transactions.run(async (tx) => {
    await tx.execute(`insert into ordering.task (task_id) values ('lost')`);
    tx.enqueue('ordering.work', { taskId: 'lost' }, { delayMs: 3_600_000 });
  });
  await redis.flushall();
  await operator.settle();
  expect(await tasks('lost')).toEqual([{ done: 1 }]);
});
