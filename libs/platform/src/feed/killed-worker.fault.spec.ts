import { join } from 'node:path';
import { laneOf } from '@ronghe/kernel';
import {
  createTestDatabase,
  faultSeeds,
  freePort,
  randomFrom,
  ROOT,
  spawnApp,
  startOperator,
  TEST_SECRETS,
  toyCustomer,
  ToyCustomerService,
  toyOrdering,
  toyReceivables,
  ToyReceivablesService,
  type SpawnedApp,
  type TestDatabase,
  type TestOperator,
} from '@ronghe/testing';

const KILLS = 3;
const CUSTOMERS = 10;
const FAULT_TIMEOUT_MS = 300_000;

/**
 * `customer` and `receivables` run here; `ordering` is a process of its own that pulls the feed over HTTP, takes
 * commands over HTTP and works on jobs, until it is killed at some point and started again.
 */
describe.each(faultSeeds())('a worker that is killed again and again (seed %d)', (seed) => {
  const random = randomFrom(seed);
  let database: TestDatabase;
  let operator: TestOperator;
  let port: string;
  let worker: SpawnedApp;

  const startWorker = (): Promise<SpawnedApp> =>
    spawnApp(
      'toy-ordering',
      {
        ...TEST_SECRETS,
        PORT: port,
        DATABASE_URL: database.url,
        DATABASE_POOL_SIZE: '8',
        RONGHE_CLOCK: 'movable',
        RONGHE_PEERS: `customer=${operator.url},receivables=${operator.url}`,
        LOG_LEVEL: 'error',
      },
      join(ROOT, 'dist/libs/testing/src/toy/toy-host.js'),
    );

  beforeAll(async () => {
    port = String(await freePort());
    database = await createTestDatabase([toyCustomer, toyOrdering, toyReceivables]);
    operator = await startOperator({
      domains: [toyCustomer, toyReceivables],
      databaseUrl: database.url,
      gateway: false,
      environment: { RONGHE_PEERS: `ordering=http://127.0.0.1:${port}` },
    });
    worker = await startWorker();
  }, FAULT_TIMEOUT_MS);

  afterAll(async () => {
    await worker?.kill();
    await operator?.stop();
    await database?.drop();
  });

  /** A command that is given again with its key until it is answered, as a job would. */
  async function dun(accountId: string): Promise<string> {
    for (;;) {
      try {
        return await operator.get(ToyReceivablesService).dun(accountId, accountId);
      } catch (error) {
        if ((error as { kind?: string }).kind !== 'unavailable') throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  it(
    'ends where one that was never killed ends, with nothing lost and nothing done twice',
    async () => {
      const customers = operator.get(ToyCustomerService);
      const ids = Array.from({ length: CUSTOMERS }, (_, at) => `c${at}`);
      const orders: string[] = [];
      for (let round = 1; round <= KILLS; round += 1) {
        const names = ids.map((id) => customers.register(id, `${round}`, round));
        const placed = ids.map((id) => dun(`${id}-order-${round}`));
        await new Promise((resolve) => setTimeout(resolve, random() * 400));
        await worker.kill();
        worker = await startWorker();
        await Promise.all(names);
        orders.push(...(await Promise.all(placed)));
      }
      await operator.settle();

      const rounds = Array.from({ length: KILLS }, (_, at) => `${at + 1}`);
      const heard = await operator.sql(
        'select customer_id, times, names from ordering.heard order by customer_id',
      );
      expect(heard).toEqual(ids.map((customer_id) => ({ customer_id, times: KILLS, names: rounds })));

      const accounts = orders.map((order) => order.replace('order-of-', '')).sort();
      const tasks = await operator.sql<{ task_id: string; done: number }>(
        'select task_id, done from ordering.task',
      );
      expect(tasks.map(({ task_id }) => task_id).sort()).toEqual(accounts);
      expect(tasks.filter(({ done }) => done !== 1)).toEqual([]);

      const events = await operator.sql<{ lane: number; sequence: string; aggregate_id: string }>(
        'select lane, sequence, aggregate_id from ordering.outbox order by lane, sequence',
      );
      expect(events.map(({ aggregate_id }) => aggregate_id).sort()).toEqual(accounts);
      for (const account of accounts) {
        const lane = events.filter((event) => event.lane === laneOf(account));
        expect(lane.map(({ sequence }) => Number(sequence))).toEqual(lane.map((_, at) => at + 1));
      }
      expect(await operator.sql('select 1 from ordering.feed_parked')).toEqual([]);
    },
    FAULT_TIMEOUT_MS,
  );
});
