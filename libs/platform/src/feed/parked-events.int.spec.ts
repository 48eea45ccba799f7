import {
  createTestDatabase,
  startOperator,
  TEST_SECRETS,
  toyCustomer,
  ToyCustomerService,
  toyOrdering,
  ToyOrderingService,
  type TestDatabase,
  type TestOperator,
} from '@ronghe/testing';
import { TokenSigner } from '../auth/token-signer.service';
import { readConfig } from '../config/platform-config';
import { startHost, type RunningHost } from '../host/start-host';

/** The gateway with `customer` in one host; `ordering`, which consumes its events, in another. */
let database: TestDatabase;
let orders: TestOperator;
let gateway: RunningHost;

beforeAll(async () => {
  database = await createTestDatabase([toyCustomer, toyOrdering]);
  orders = await startOperator({ domains: [toyOrdering], databaseUrl: database.url, gateway: false });
  const config = readConfig({
    ...TEST_SECRETS,
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    PORT: '0',
    RONGHE_CLOCK: 'movable',
    RONGHE_PEERS: `ordering=${orders.url}`,
    LOG_LEVEL: 'silent',
  });
  gateway = await startHost({ config, domains: [toyCustomer], gatewayOver: [toyCustomer, toyOrdering] });
});
afterAll(async () => {
  await gateway?.stop();
  await orders?.stop();
  await database?.drop();
});

async function send(method: string, path: string): Promise<{ status: number; body: unknown }> {
  const token = await gateway.app
    .get(TokenSigner)
    .sign({ id: 'ops', roles: ['operations'], expiresInSeconds: 60 });
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: await response.json() };
}

it('lists and releases what a consumer in another process has parked', async () => {
  const { mood } = orders.get(ToyOrderingService);
  mood.poison.add('bad');
  await gateway.app.get(ToyCustomerService).register('c1', 'bad');
  let listed = await send('GET', '/feed/parked');
  for (let tries = 0; tries < 100 && (listed.body as unknown[]).length === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    listed = await send('GET', '/feed/parked');
  }
  expect(listed.body).toMatchObject([
    { consumer: 'ordering', producer: 'customer', aggregateId: 'c1', reason: 'cannot hear bad', events: 1 },
  ]);
  mood.poison.clear();
  expect(await send('POST', '/feed/ordering/customer/release/c1')).toEqual({
    status: 200,
    body: { released: 1 },
  });
  expect((await send('GET', '/feed/parked')).body).toEqual([]);
});

it('refuses a pair of domains between which no facts flow', async () => {
  const refusal = { status: 404, body: { code: 'feed_unknown' } };
  expect(await send('POST', '/feed/customer/ordering/release/c1')).toMatchObject(refusal);
  expect(await send('POST', '/feed/ordering/billing/release/c1')).toMatchObject(refusal);
  expect(await send('POST', '/feed/nobody/customer/release/c1')).toMatchObject(refusal);
});
