import type { ProductState } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { Counter, wish } from './counter.fixture';
import { startOrdering, type OrderingWorld } from './ordering.fixture';

let world: OrderingWorld;
let counter: Counter;
beforeAll(async () => {
  world = await startOrdering();
  counter = new Counter(world);
});
afterAll(() => world?.operator.stop());

describe('a sale', () => {
  it('holds stock, waits for the services, then installs the products and says so', async () => {
    const party = await world.newCustomer();
    const { orderId } = await counter.place({
      ...party,
      bundleOfferingCode: 'family',
      channel: 'hall-7',
      items: wish(['plan', 'sub', 'line']),
    });
    await world.operator.settle();
    expect(await counter.order(orderId)).toMatchObject({ state: 'IN_PROGRESS', step: 'provisioning' });
    expect((await counter.order(orderId)).items.every((item) => item.product === null)).toBe(true);

    await world.reply(orderId, 'completed');
    const done = await counter.order(orderId);
    expect(done).toMatchObject({ state: 'COMPLETED', reason: null });
    expect(done.history.map((each) => each.step)).toEqual([
      'acknowledged',
      'holding',
      'placing',
      'provisioning',
      'completing',
      'completed',
    ]);
    expect(world.neighbours.confirmed.has(orderId)).toBe(true);

    const products = await counter.facts<ProductState>('product.activated.v1', orderId);
    expect(products.map((product) => product.card)).toEqual(['main', 'sub1', 'broadband']);
    expect(products[1]).toMatchObject({
      ...party,
      cardGroupId: products[0]?.productId,
      bundleId: products[0]?.bundleId,
      effectiveFrom: '2026-06-10T16:00:00.000Z',
      effectiveTo: null,
      channel: 'hall-7',
    });
    expect(products[0]?.resources.map((resource) => resource.kind)).toEqual(['mobile_number', 'sim']);
    expect(await counter.facts('order.completed.v1', orderId)).toHaveLength(1);
  });

  it('shows customer and account what they have', async () => {
    const { customerId, accountId, orderId } = await counter.soldFamily();
    const query = `query ($orderId: ID!) { order(orderId: $orderId) {
      customer { orders(first: 1) { edges { node { orderId } } pageInfo { hasNextPage } }
        products(first: 2) { edges { cursor node { card name role } } pageInfo { hasNextPage endCursor } } }
      account { products(liveOnly: true, first: 10) { edges { node { card number order { orderId } } } } } } }`;
    const { data, errors } = await world.operator.graphql(query, { orderId });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      order: {
        customer: {
          orders: { edges: [{ node: { orderId } }], pageInfo: { hasNextPage: false } },
          products: {
            edges: [{ node: { card: 'main', name: 'plan', role: 'MAIN' } }, { node: { card: 'sub1' } }],
            pageInfo: { hasNextPage: true },
          },
        },
        account: { products: { edges: { length: 6 } } },
      },
    });
    const rest = await world.operator.rest(
      'GET',
      `/tmf-api/productInventory/v4/product?relatedParty.id=${customerId}&limit=2&fields=name,status,billingAccount`,
      undefined,
      { role: 'counter' },
    );
    expect(rest.headers.get('x-total-count')).toBe('6');
    expect(rest.body).toMatchObject([
      { name: 'plan', status: 'active', billingAccount: { id: accountId } },
      {},
    ]);
    expect(Object.keys((rest.body as object[])[0] ?? {}).sort()).toEqual([
      '@type',
      'billingAccount',
      'href',
      'id',
      'name',
      'status',
    ]);
    const orders = await world.operator.rest(
      'GET',
      `/tmf-api/productOrderingManagement/v4/productOrder?relatedParty.id=${customerId}`,
    );
    expect(orders.body).toMatchObject([
      { id: orderId, state: 'completed', productOrderItem: [{ id: 'bundle' }] },
    ]);
  });

  it('fails clean when a number is sold already', async () => {
    const party = await world.newCustomer();
    world.neighbours.soldNumbers.add('8613800138000');
    const items = [{ offeringCode: 'plan', requestedNumber: '8613800138000' }];
    const { orderId } = await counter.place({ ...party, items });
    await world.operator.settle();
    expect(await counter.order(orderId)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'resource_not_available' },
    });
    expect(await counter.facts('order.failed.v1', orderId)).toMatchObject([
      { reason: 'resource_not_available' },
    ]);
  });

  it('gives everything back when the services fail', async () => {
    const party = await world.newCustomer();
    const { orderId } = await counter.place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    await world.reply(orderId, 'failed', 'the hlr refused');
    expect(await counter.order(orderId)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'service_order_failed', text: 'the hlr refused' },
    });
    expect(world.neighbours.held.has(orderId)).toBe(false);
    expect((await counter.order(orderId)).items[0]?.product).toBeNull();
  });

  it('goes on by itself when a neighbour was out of reach', async () => {
    const party = await world.newCustomer();
    let failures = 2;
    world.neighbours.before = (command) => {
      if (command === 'hold' && failures > 0) {
        failures -= 1;
        throw new Error('connection refused');
      }
    };
    const { orderId } = await counter.place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    world.neighbours.before = () => {};
    expect(await counter.order(orderId)).toMatchObject({ step: 'provisioning' });
    expect(failures).toBe(0);
  });

  it('knows a customer that was registered a moment ago', async () => {
    const party = { customerId: newId(), accountId: newId() };
    world.neighbours.customersOnRequest.set(party.customerId, party);
    expect((await counter.place({ ...party, items: wish(['plan']) })).code).toBeNull();
  });
});

describe('one key, one order', () => {
  it('answers the same order for the same body and refuses another body', async () => {
    const party = await world.newCustomer();
    const key = newId();
    const [first, second] = await Promise.all(
      [1, 2].map(() => counter.place({ ...party, items: wish(['plan']) }, key)),
    );
    expect(first?.orderId).toBe(second?.orderId);
    expect((await counter.place({ ...party, items: wish(['cloud']) }, key)).code).toBe(
      'idempotency_key_reused',
    );
    const [count] = await world.operator.sql<{ orders: string }>(
      'select count(*) as orders from ordering.product_order where customer_id = $1',
      [party.customerId],
    );
    expect(count?.orders).toBe('1');
  });

  it('stores a refusal as well as an order', async () => {
    const party = await world.newCustomer();
    const key = newId();
    expect((await counter.place({ ...party, items: wish(['summer']) }, key)).code).toBe('offer_not_on_sale');
    expect((await counter.place({ ...party, items: wish(['summer']) }, key)).code).toBe('offer_not_on_sale');
  });
});
