import type { BlockKind, EventType, ServiceOrderAction, ServiceRequest } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { FakeNetwork } from './fake-network.adapter';
import { provisioningDomain } from './provisioning.domain';
import { broadband, mobile, policyPublished } from './service-order.fixture';

let operator: TestOperator;
let network: FakeNetwork;

beforeAll(async () => {
  network = await FakeNetwork.start();
  operator = await startOperator({
    domains: [provisioningDomain],
    environment: { RONGHE_SIMULATOR_URL: network.url },
  });
  await operator.publish('policy.published.v1', policyPublished);
  await operator.settle();
});

afterAll(async () => {
  await operator?.stop();
  await network?.stop();
});

beforeEach(() => network.reset());

/** Places a service order of its own product order, lets it go on, and gives the replies to it. */
async function order(action: ServiceOrderAction, services: ServiceRequest[]): Promise<EventType[]> {
  const orderId = newId();
  const input = { orderId, lane: 7, action, services };
  await operator.command('provisioning.placeServiceOrder', input, { key: `${orderId}/place` });
  await operator.settle();
  const rows = await operator.sql<{ type: EventType }>(
    `select type from provisioning.outbox where aggregate_id = $1 order by sequence`,
    [orderId],
  );
  return rows.map(({ type }) => type);
}

async function bar(services: ServiceRequest[], barring: BlockKind | null): Promise<EventType[]> {
  return order(
    barring === null ? 'unbar' : 'bar',
    services.map((service) => ({ ...service, barring })),
  );
}

/** What the last request to each element of a product said of its barring; `none` when it was there and not barred. */
function barringAt(productId: string): Record<string, string> {
  const last = new Map(
    network.asked
      .filter(({ subscriptionId }) => subscriptionId === productId)
      .map(({ element, method, body }) => [element, method === 'PUT' ? (body['barring'] ?? 'none') : 'gone']),
  );
  return Object.fromEntries(last);
}

async function serviceOf(productId: string): Promise<unknown> {
  const rows = await operator.sql(`select state, barring from provisioning.service where product_id = $1`, [
    productId,
  ]);
  return rows[0];
}

async function differences(): Promise<unknown> {
  const audit = await operator.rest('POST', '/audit', undefined, { role: 'operations' });
  return (audit.body as { differences: unknown }).differences;
}

it('bars a card and a line in every element, changes what is stopped, and lets them go on', async () => {
  const [card, line] = [mobile(), broadband()];
  await order('activate', [card, line]);
  expect(await bar([card, line], 'barred-outgoing')).toEqual(['service-order.completed.v1']);
  expect(barringAt(card.productId)).toEqual({ hlr: 'barred-outgoing', pcrf: 'barred-outgoing' });
  expect(barringAt(line.productId)).toEqual({ olt: 'barred-outgoing', aaa: 'barred-outgoing' });
  expect(await serviceOf(card.productId)).toEqual({ state: 'active', barring: 'barred-outgoing' });

  await bar([card], 'full-stop');
  expect(barringAt(card.productId)).toEqual({ hlr: 'full-stop', pcrf: 'full-stop' });
  await bar([card, line], null);
  expect(barringAt(card.productId)).toEqual({ hlr: 'none', pcrf: 'none' });
  expect(await serviceOf(line.productId)).toEqual({ state: 'active', barring: null });
  expect(await differences()).toEqual([]);
});

it('puts back what was stopped before when an element refuses', async () => {
  const card = mobile();
  await order('activate', [card]);
  await bar([card], 'barred-outgoing');
  network.answer((asked) => (asked.element === 'pcrf' && asked.body['barring'] === 'full-stop' ? 422 : 200));
  expect(await bar([card], 'full-stop')).toEqual(['service-order.failed.v1']);
  expect(barringAt(card.productId)['hlr']).toBe('barred-outgoing');
  expect(await serviceOf(card.productId)).toEqual({ state: 'active', barring: 'barred-outgoing' });
  expect(await differences()).toEqual([]);
});

it('tries again while an element is away', async () => {
  const card = mobile();
  await order('activate', [card]);
  network.answer((asked) => (asked.element === 'hlr' && network.asked.length % 3 !== 0 ? 503 : 200));
  expect(await bar([card], 'full-stop')).toEqual(['service-order.completed.v1']);
  expect(barringAt(card.productId)).toEqual({ hlr: 'full-stop', pcrf: 'full-stop' });
});

it('switches off what is barred, and brings it back barred when that fails', async () => {
  const card = mobile();
  await order('activate', [card]);
  await bar([card], 'full-stop');
  network.answer((asked) => (asked.element === 'hlr' && asked.method === 'DELETE' ? 422 : 200));
  expect(await order('deactivate', [card])).toEqual(['service-order.failed.v1']);
  expect(barringAt(card.productId)['pcrf']).toBe('full-stop');
  expect(await serviceOf(card.productId)).toEqual({ state: 'active', barring: 'full-stop' });
  network.answer(() => 200);
  expect(await order('deactivate', [card])).toEqual(['service-order.completed.v1']);
  expect(await serviceOf(card.productId)).toEqual({ state: 'terminated', barring: null });
  expect(await differences()).toEqual([]);
});

it('is refused for what does not run', async () => {
  await expect(bar([mobile()], 'full-stop')).rejects.toMatchObject({
    code: 'service_not_active',
    kind: 'conflict',
  });
});
