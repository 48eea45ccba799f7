import {
  createTestDatabase,
  startOperator,
  TEST_SECRETS,
  toyCustomer,
  ToyCustomerService,
  toyOrdering,
} from '@ronghe/testing';
import type { TestDatabase, TestOperator } from '@ronghe/testing';
import { TokenSigner } from '../auth/token-signer.service';
import { readConfig } from '../config/platform-config';
import { startHost, type RunningHost } from '../host/start-host';

/** `customer` in one host; `ordering` with the gateway in another, which reaches the first over HTTP alone. */
let database: TestDatabase;
let customers: TestOperator;
let gateway: RunningHost;
let stopped: TestOperator | undefined;

beforeAll(async () => {
  database = await createTestDatabase([toyCustomer, toyOrdering]);
  customers = await startOperator({ domains: [toyCustomer], databaseUrl: database.url, gateway: false });
  const config = readConfig({
    ...TEST_SECRETS,
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    PORT: '0',
    RONGHE_CLOCK: 'movable',
    RONGHE_PEERS: `customer=${customers.url}/`,
    LOG_LEVEL: 'silent',
  });
  gateway = await startHost({ config, domains: [toyOrdering], gatewayOver: [toyCustomer, toyOrdering] });
});
afterAll(async () => {
  await gateway?.stop();
  if (!stopped) await customers?.stop();
  await database?.drop();
});

async function ask(query: string): Promise<Record<string, unknown>> {
  const token = await gateway.app
    .get(TokenSigner)
    .sign({ id: 'ann', roles: ['counter'], expiresInSeconds: 60 });
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Record<string, unknown>;
}
const query = '{ customer(customerId: "c1") { name timesHeard } orderingIsHere }';

it('serves one query over two domains in two hosts, and the feed between them', async () => {
  await customers.get(ToyCustomerService).register('c1', 'Li Lei');
  const expected = { data: { customer: { name: 'Li Lei', timesHeard: 1 }, orderingIsHere: true } };
  let answer = await ask(query);
  for (let tries = 0; tries < 50 && JSON.stringify(answer) !== JSON.stringify(expected); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    answer = await ask(query);
  }
  expect(answer).toEqual(expected);
});

it('passes REST on, and what answers knows by which host it was asked', async () => {
  const hrefAt = async (url: string) =>
    ((await (await fetch(`${url}/toy-customers/c%2F1`)).json()) as { href: string }).href;
  expect(await hrefAt(customers.url)).toBe(`${customers.url}/toy-customers/c%2F1`);
  expect(await hrefAt(gateway.url)).toBe(`${gateway.url}/toy-customers/c%2F1`);
});

it('answers for the domain that is there when the other is not', async () => {
  stopped = customers;
  await customers.stop();
  const answer = await ask(query);
  expect(answer).toMatchObject({
    data: { customer: null, orderingIsHere: true },
    errors: [{ path: ['customer'], extensions: { code: 'peer_unavailable', kind: 'unavailable' } }],
  });
  expect(JSON.stringify(answer)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|stack|node_modules/);
});
