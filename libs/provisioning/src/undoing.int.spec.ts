import type { EventType, ServiceRequest } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { FakeNetwork } from './fake-network.adapter';
import { provisioningDomain } from './provisioning.domain';
import { mobile, policyPublished } from './service-order.fixture';

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

async function place(services: ServiceRequest[]) {
  const orderId = newId();
  const input = { orderId, lane: 7, action: 'activate', services } as const;
  const answer = await operator.command('provisioning.placeServiceOrder', input, { key: newId() });
  return { orderId, ...answer };
}

interface Reply {
  type: EventType;
  payload: { reason?: string };
}

async function replies(orderId: string): Promise<Reply[]> {
  return operator.sql<Reply>(
    `select type, payload from provisioning.outbox where aggregate_id = $1 order by sequence`,
    [orderId],
  );
}

describe('cancelling', () => {
  const cancel = (orderId: string) =>
    operator.command('provisioning.cancelServiceOrder', { orderId }, { key: newId() });

  it('undoes what is done, also what is done meanwhile', async () => {
    let arrived: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (arrived = resolve));
    network.answer((asked, nth) => {
      arrived();
      return asked.element === 'hlr' && asked.method === 'PUT' && nth < 3 ? 503 : 200;
    });
    const card = mobile();
    const { orderId, serviceOrderId } = await place([card]);
    await first;
    expect(await cancel(orderId)).toEqual({ serviceOrderId });
    await operator.settle();
    expect(network.present()).toEqual([]);
    expect(await replies(orderId)).toMatchObject([
      { type: 'service-order.failed.v1', payload: { reason: 'cancelled' } },
    ]);
    expect(await cancel(orderId)).toEqual({ serviceOrderId });
    expect(await replies(orderId)).toHaveLength(1);
  });

  it('is refused once the order is completed', async () => {
    const { orderId } = await place([mobile()]);
    await operator.settle();
    await expect(cancel(orderId)).rejects.toMatchObject({
      code: 'service_order_completed',
      kind: 'conflict',
    });
  });
});

describe('a stop', () => {
  it('does not wait for an element that is silent', async () => {
    network.answer(() => 'silence');
    const second = await startOperator({
      domains: [provisioningDomain],
      environment: { RONGHE_SIMULATOR_URL: network.url },
    });
    await second.publish('policy.published.v1', policyPublished);
    await second.settle();
    const input = { orderId: newId(), lane: 7, services: [mobile()] };
    await second.command(
      'provisioning.placeServiceOrder',
      { ...input, action: 'activate' },
      { key: newId() },
    );
    while (network.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const before = Date.now();
    await second.stop();
    expect(Date.now() - before).toBeLessThan(2_500);
  });
});

describe('after a crash', () => {
  it('another worker goes on when the lease of the dead one has run out, with the same key', async () => {
    network.answer(() => 503);
    const card = mobile();
    const { orderId, serviceOrderId } = await place([card]);
    await operator.sql(
      `update provisioning.service_order set lease_owner = $2, lease_until = now() + interval '2 seconds' where id = $1`,
      [serviceOrderId, newId()],
    );
    network.answer(() => 200);
    await operator.settle();
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.completed.v1' }]);
    const keys = network.asked.filter((asked) => asked.element === 'hlr').map((asked) => asked.key);
    expect(new Set(keys).size).toBe(1);
    expect(network.present()).toEqual([`hlr/${card.productId}`, `pcrf/${card.productId}`]);
  });
});

describe('a request that is late', () => {
  it('changes nothing when it arrives after the undo', async () => {
    network.answer((asked, nth) =>
      asked.element === 'hlr' && asked.method === 'PUT' && nth <= 3 ? 503 : 200,
    );
    const { orderId } = await place([mobile()]);
    await operator.settle();
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.failed.v1' }]);
    const [late] = network.asked;
    await fetch(`${network.url}/elements/hlr/subscriptions/${late?.subscriptionId}`, {
      method: 'PUT',
      headers: { 'idempotency-key': late?.key ?? '' },
      body: JSON.stringify(late?.body),
    });
    expect(network.present()).toEqual([]);
  });

  it('is not sent by a driver whose lease is somebody else’s', async () => {
    const successor = newId();
    network.answer(async (asked, nth) => {
      if (nth > 1 || asked.element !== 'hlr') return 200;
      await operator.sql(
        `update provisioning.service_order set lease_owner = $1, lease_until = now() + interval '3 seconds'
          where state = 'carrying_out'`,
        [successor],
      );
      return 503;
    });
    const { orderId } = await place([mobile()]);
    while (network.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    // The next try would come 100 ms after the first, before the renewal that goes by the clock.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(network.asked).toHaveLength(1);
    await operator.settle();
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.completed.v1' }]);
  });
});

describe('an element that does not undo', () => {
  const ORDER = `query($id: ID!) { serviceOrders(orderId: $id) { serviceOrderId state reason error tasks { element state lastError } } }`;
  const RETRY = `mutation($id: ID!, $key: String!) { retryServiceOrder(serviceOrderId: $id, idempotencyKey: $key) { state } }`;

  it('leaves the order to a person, who tries again', async () => {
    network.answer((asked) => (asked.method === 'DELETE' || asked.element === 'pcrf' ? 422 : 200));
    const { orderId, serviceOrderId } = await place([mobile()]);
    await operator.settle();
    expect((await operator.graphql(ORDER, { id: orderId })).data).toEqual({
      serviceOrders: [
        {
          serviceOrderId,
          state: 'STUCK',
          reason: 'pcrf: HTTP 422',
          error: 'hlr: HTTP 422',
          tasks: [
            { element: 'hlr', state: 'DONE', lastError: 'HTTP 422' },
            { element: 'pcrf', state: 'REFUSED', lastError: 'HTTP 422' },
          ],
        },
      ],
    });
    expect(await replies(orderId)).toEqual([]);
    const open = await operator.graphql(
      `{ openServiceOrders { edges { node { serviceOrderId } } } }`,
      {},
      'operations',
    );
    expect(open.data).toEqual({ openServiceOrders: { edges: [{ node: { serviceOrderId } }] } });

    network.answer(() => 200);
    const variables = { id: serviceOrderId, key: newId() };
    expect((await operator.graphql(RETRY, variables, 'counter')).errors?.[0]?.extensions.code).toBe(
      'role_missing',
    );
    expect((await operator.graphql(RETRY, variables, 'operations')).errors).toBeUndefined();
    await operator.settle();
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.failed.v1' }]);
    expect(network.present()).toEqual([]);
    const late = await operator.graphql(RETRY, { id: serviceOrderId, key: newId() }, 'operations');
    expect(late.errors?.[0]?.extensions.code).toBe('service_order_not_stuck');
    const unknown = await operator.graphql(RETRY, { id: newId(), key: newId() }, 'operations');
    expect(unknown.errors?.[0]?.extensions.code).toBe('service_order_not_found');
  });

  it('is asked again by itself when it was only away', async () => {
    let isAway = true;
    network.answer((asked) =>
      asked.element === 'pcrf' ? 422 : isAway && asked.method === 'DELETE' ? 503 : 200,
    );
    const { orderId } = await place([mobile()]);
    await operator.settle();
    expect(await replies(orderId)).toEqual([]);
    isAway = false;
    const deadline = Date.now() + 20_000;
    while ((await replies(orderId)).length === 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await replies(orderId)).toMatchObject([{ type: 'service-order.failed.v1' }]);
    expect(network.present()).toEqual([]);
  });
});
