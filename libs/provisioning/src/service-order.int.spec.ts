import type { EventType, ServiceRequest } from '@ronghe/contracts';
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
});

afterAll(async () => {
  await operator?.stop();
  await network?.stop();
});

beforeEach(() => network.reset());

async function place(
  services: ServiceRequest[],
  action: 'activate' | 'deactivate' = 'activate',
  orderId = newId(),
) {
  const key = `${orderId}/${action}`;
  const answer = await operator.command(
    'provisioning.placeServiceOrder',
    { orderId, lane: 7, action, services },
    { key },
  );
  return { orderId, ...answer };
}

interface Reply {
  type: EventType;
  lane: number;
  aggregate_id: string;
  payload: { serviceOrderId: string; orderId: string; reason?: string };
}

async function replies(orderId: string): Promise<Reply[]> {
  return operator.sql<Reply>(
    `select type, lane, aggregate_id, payload from provisioning.outbox where aggregate_id = $1 order by sequence`,
    [orderId],
  );
}

async function activeProducts(): Promise<string[]> {
  const rows = await operator.sql<{ product_id: string }>(
    `select product_id from provisioning.service where state = 'active' order by product_id`,
  );
  return rows.map((row) => row.product_id);
}

it('waits for a policy', async () => {
  await expect(place([mobile()])).rejects.toMatchObject({
    code: 'provisioning_policy_missing',
    kind: 'unavailable',
  });
  await operator.publish('policy.published.v1', policyPublished);
  await operator.settle();
});

describe('a service order', () => {
  it('switches services on in the network, and replies once', async () => {
    const [card, line] = [mobile(), broadband()];
    const { orderId, serviceOrderId } = await place([card, line]);
    await operator.settle();
    const expected = [
      `aaa/${line.productId}`,
      `hlr/${card.productId}`,
      `olt/${line.productId}`,
      `pcrf/${card.productId}`,
    ];
    expect(network.present()).toEqual(expected);
    expect(network.asked).toHaveLength(4);
    expect(network.asked.find((asked) => asked.element === 'hlr')?.body).toEqual({
      mobile_number: '8613312345678',
      sim: '8986032600000000000',
      imsi: '460110000000001',
    });
    expect(await replies(orderId)).toMatchObject([
      {
        type: 'service-order.completed.v1',
        lane: 7,
        aggregate_id: orderId,
        payload: { serviceOrderId, orderId },
      },
    ]);
    expect(await activeProducts()).toEqual(expect.arrayContaining([card.productId, line.productId]));
  });

  it('completes for services that need nothing from the network', async () => {
    const cloud = { productId: newId(), specification: 'cloud-storage', characteristics: {}, resources: [] };
    const { orderId } = await place([cloud]);
    await operator.settle();
    expect(network.asked).toEqual([]);
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.completed.v1' }]);
    expect(await activeProducts()).toContain(cloud.productId);
  });

  it('tries again with the same key when an element is busy', async () => {
    network.answer((asked, nth) => (asked.element === 'pcrf' && nth < 3 ? 503 : 200));
    const { orderId } = await place([mobile()]);
    await operator.settle();
    const keys = network.asked.filter((asked) => asked.element === 'pcrf').map((asked) => asked.key);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.completed.v1' }]);
  });

  it('undoes in reverse what was done when an element refuses, before it replies', async () => {
    network.answer((asked) => (asked.element === 'aaa' && asked.method === 'PUT' ? 422 : 200));
    const [card, line] = [mobile(), broadband()];
    const { orderId } = await place([card, line]);
    await operator.settle();
    expect(network.present()).toEqual([]);
    const undone = network.asked.filter((asked) => asked.method === 'DELETE').map((asked) => asked.element);
    expect(undone).toEqual(['pcrf', 'olt', 'hlr']);
    expect(await replies(orderId)).toMatchObject([
      { type: 'service-order.failed.v1', payload: { orderId, reason: 'aaa: HTTP 422' } },
    ]);
    expect(await activeProducts()).not.toContain(card.productId);
  });

  it('undoes what may have been done when an element keeps failing', async () => {
    network.answer((asked) => (asked.element === 'pcrf' && asked.method === 'PUT' ? 500 : 200));
    const card = mobile();
    const { orderId } = await place([card]);
    const deadline = Date.now() + 25_000;
    while ((await replies(orderId)).length === 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(network.asked.filter((asked) => asked.method === 'DELETE').map((asked) => asked.element)).toEqual([
      'pcrf',
      'hlr',
    ]);
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.failed.v1' }]);
  });

  it('switches services off in reverse, and on again when that fails', async () => {
    const card = mobile();
    await place([card]);
    await operator.settle();
    network.answer((asked) => (asked.element === 'hlr' && asked.method === 'DELETE' ? 422 : 200));
    const bare = { ...card, resources: [], characteristics: {} };
    const first = await place([bare], 'deactivate');
    await operator.settle();
    expect(await replies(first.orderId)).toMatchObject([{ type: 'service-order.failed.v1' }]);
    expect(network.present()).toEqual([`hlr/${card.productId}`, `pcrf/${card.productId}`]);

    network.answer(() => 200);
    const second = await place([bare], 'deactivate');
    await operator.settle();
    expect(await replies(second.orderId)).toMatchObject([{ type: 'service-order.completed.v1' }]);
    expect(network.present()).toEqual([]);
    expect(await activeProducts()).not.toContain(card.productId);
    await expect(place([bare], 'deactivate')).rejects.toMatchObject({ code: 'service_not_active' });
  });

  it('is refused when its input is wrong', async () => {
    const card = mobile();
    const { orderId } = await place([card]);
    await operator.settle();
    await expect(place([card])).rejects.toMatchObject({ code: 'service_already_active', kind: 'conflict' });
    const second = operator.command(
      'provisioning.placeServiceOrder',
      { orderId, lane: 7, action: 'activate', services: [mobile()] },
      { key: newId() },
    );
    await expect(second).rejects.toMatchObject({ code: 'service_order_exists' });
    await expect(place([{ ...mobile(), specification: 'telegraph' }])).rejects.toMatchObject({
      code: 'specification_unknown',
      kind: 'invalid',
    });
    await expect(place([{ ...mobile(), resources: [] }])).rejects.toMatchObject({
      code: 'service_data_missing',
    });
    const none = operator.command('provisioning.cancelServiceOrder', { orderId: newId() }, { key: newId() });
    await expect(none).resolves.toEqual({ serviceOrderId: null });
  });
});

it('has control totals that agree', async () => {
  const audit = await operator.rest('POST', '/audit', undefined, { role: 'operations' });
  expect(audit).toMatchObject({ status: 200, body: { differences: [] } });
  await operator.sql(
    `delete from provisioning.service where id = (select min(id::text)::uuid from provisioning.service)`,
  );
  const wrong = await operator.rest('POST', '/audit', undefined, { role: 'operations' });
  expect(wrong.body).toMatchObject({ differences: [{ name: 'services-activated' }] });
});
