import {
  createPostgresBackend,
  Queue,
  setDefaultBackendFactory,
  Worker,
  type ConnectionOptions,
} from 'bullmq';
import { Pool } from 'pg';
import {
  createTestDatabase,
  emptyQueues,
  startOperator,
  toyOrdering,
  ToyOrderingService,
  type TestOperator,
} from '@ronghe/testing';
import { sweptJobId } from './job-runner.service';

let operator: TestOperator;
let ordering: ToyOrderingService;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyOrdering] });
  ordering = operator.get(ToyOrderingService);
});
afterAll(() => operator?.stop());

const place = (taskId: string): Promise<unknown> =>
  operator.command('ordering.placeOrder', { customerId: 'c', accountId: taskId, items: [] }, { key: taskId });
const tasks = (prefix: string) =>
  operator.sql<{ done: number; attempts: number }>(
    'select done, attempts from ordering.task where task_id like $1',
    [`${prefix}%`],
  );

it('are sent when their transaction commits, and done once each', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, at) => place(`plain${at}`)));
  await operator.settle();
  const found = await tasks('plain');
  expect(found).toHaveLength(20);
  expect(found.filter(({ done }) => done !== 1)).toEqual([]);
});

it('are tried again by the queue when they fail', async () => {
  // A sweep would try it too, perhaps at the same moment.
  Object.assign(ordering.mood, { jobFailsOnce: true, isUnswept: true });
  await place('fails-once');
  await operator.settle();
  Object.assign(ordering.mood, { jobFailsOnce: false, isUnswept: false });
  expect(await tasks('fails-once')).toEqual([{ done: 1, attempts: 2 }]);
});

it('are found again in PostgreSQL when the queue has lost them', async () => {
  // Sent for the next hour, so that nobody takes it before it is lost.
  await ordering.transactions.run(async (tx) => {
    await tx.execute(`insert into ordering.task (task_id) values ('lost')`);
    tx.enqueue('ordering.work', { taskId: 'lost' }, { delayMs: 3_600_000 });
  });
  await emptyQueues(operator);
  await operator.settle();
  expect(await tasks('lost')).toEqual([{ done: 1, attempts: 1 }]);
});

it('that come twice have one effect', async () => {
  await ordering.transactions.run(async (tx) => {
    await tx.execute(`insert into ordering.task (task_id) values ('twice')`);
    for (let copy = 0; copy < 5; copy += 1) tx.enqueue('ordering.work', { taskId: 'twice' });
  });
  await operator.settle();
  const events = await operator.sql(`select 1 from ordering.outbox where aggregate_id = 'twice'`);
  expect([(await tasks('twice'))[0]?.done, events.length]).toEqual([1, 1]);
});

it('are taken on at once by a process that starts, when the one that had them died', async () => {
  const database = await createTestDatabase([toyOrdering]);
  const pool = new Pool({ connectionString: database.url, options: '-c search_path=bullmq' });
  const connection = pool as unknown as ConnectionOptions;
  setDefaultBackendFactory(createPostgresBackend as never);
  const options = { connection, prefix: '{ronghe-ordering}' };
  const queue = new Queue('ronghe-ordering', options);
  // A worker that takes the job for a day, and is never heard of again.
  const dead = new Worker('ronghe-ordering', null, {
    ...options,
    autorun: false,
    lockDuration: 86_400_000,
    skipStalledCheck: true,
    skipLockRenewal: true,
  });
  const data = { taskId: 'orphan' };
  const heir = { domains: [toyOrdering], databaseUrl: database.url };
  const preparing = await startOperator({ ...heir, roles: ['api'] });
  await preparing.sql(`insert into ordering.task (task_id) values ('orphan')`);
  await preparing.stop();
  await queue.add('ordering.work', { data, traceId: 'dead' }, { jobId: sweptJobId('ordering.work', data) });
  expect((await dead.getNextJob('dead'))?.data).toEqual({ data, traceId: 'dead' });
  const restarted = await startOperator(heir);
  await restarted.settle();
  expect(await restarted.sql('select done, attempts from ordering.task')).toEqual([{ done: 1, attempts: 1 }]);
  await restarted.stop();
  await Promise.all([queue.close(), dead.close(true)]);
  await pool.end();
  await database.drop();
});
