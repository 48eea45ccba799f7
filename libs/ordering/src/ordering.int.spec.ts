import type { PlaceOrderInput, ProductState } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { adding, newCustomer, reply, startOrdering, type OrderingWorld } from './ordering.fixture';

let world: OrderingWorld;
beforeAll(async () => {
  world = await startOrdering();
});
afterAll(() => world?.operator.stop());

const orderFields = `orderId state step reason { code text }
  items { itemNo card role product { productId number status } resources { kind value } } history { state step at }`;

interface OrderAnswer {
  orderId: string;
  state: string;
  step: string;
  reason: { code: string; text: string } | null;
  items: { card: string; role: string; product: { productId: string; number: string | null; status: string } | null }[];
  history: { state: string; step: string; at: string }[];
}

async function order(orderId: string): Promise<OrderAnswer> {
  const query = `query ($orderId: ID!) { order(orderId: $orderId) { ${orderFields} } }`;
  const { data, errors } = await world.operator.graphql<{ order: OrderAnswer }>(query, { orderId });
  if (!data) throw new Error(JSON.stringify(errors));
  return data.order;
}

async function place(input: Omit<PlaceOrderInput, 'items'> & { items: object[] }, key: string = newId()) {
  const query = `mutation ($input: OrderInput!, $key: String!) {
    placeOrder(input: $input, idempotencyKey: $key) { orderId state } }`;
  const answer = await world.operator.graphql<{ placeOrder: OrderAnswer }>(query, { input, key });
  return { orderId: answer.data?.placeOrder.orderId ?? '', code: answer.errors?.[0]?.extensions.code ?? null };
}

async function terminate(input: { customerId: string; accountId: string; productIds: string[] }, key: string = newId()) {
  const query = `mutation ($input: TerminateProductsInput!, $key: String!) {
    terminateProducts(input: $input, idempotencyKey: $key) { orderId } }`;
  const answer = await world.operator.graphql<{ terminateProducts: OrderAnswer }>(query, { input, key });
  return { orderId: answer.data?.terminateProducts.orderId ?? '', code: answer.errors?.[0]?.extensions.code ?? null };
}

async function cancel(orderId: string, key: string = newId()) {
  const query = `mutation ($orderId: ID!, $key: String!) {
    cancelOrder(orderId: $orderId, reason: "changed my mind", idempotencyKey: $key) { state } }`;
  const answer = await world.operator.graphql<{ cancelOrder: OrderAnswer }>(query, { orderId, key });
  return answer.errors?.[0]?.extensions.code ?? answer.data?.cancelOrder.state;
}

const wish = (codes: string[]) => codes.map((offeringCode) => ({ offeringCode }));

async function facts<T>(type: string, orderId: string): Promise<T[]> {
  const rows = await world.operator.sql<{ payload: T }>(
    `select payload from ordering.outbox where type = $1 and payload->>'orderId' = $2 order by lane, sequence`,
    [type, orderId],
  );
  return rows.map((row) => row.payload);
}

/** A family that has its bundle. */
async function soldFamily() {
  const party = await newCustomer(world.operator);
  const items = wish(['plan', 'sub', 'sub', 'line', 'set', 'fixed']);
  const { orderId } = await place({ ...party, bundleOfferingCode: 'family', items });
  await world.operator.settle();
  await reply(world, orderId, 'completed');
  return { ...party, orderId, products: (await order(orderId)).items.map((item) => item.product?.productId ?? '') };
}

describe('a sale', () => {
  it('holds stock, waits for the services, then installs the products and says so', async () => {
    const party = await newCustomer(world.operator);
    const { orderId } = await place({ ...party, bundleOfferingCode: 'family', items: wish(['plan', 'sub', 'line']) });
    await world.operator.settle();
    expect(await order(orderId)).toMatchObject({ state: 'IN_PROGRESS', step: 'provisioning' });
    expect((await order(orderId)).items.every((item) => item.product === null)).toBe(true);

    await reply(world, orderId, 'completed');
    const done = await order(orderId);
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

    const products = await facts<ProductState>('product.activated.v1', orderId);
    expect(products.map((product) => product.card)).toEqual(['main', 'sub1', 'broadband']);
    expect(products[1]).toMatchObject({
      ...party,
      cardGroupId: products[0]?.productId,
      bundleId: products[0]?.bundleId,
      effectiveFrom: '2026-06-10T16:00:00.000Z',
      effectiveTo: null,
    });
    expect(products[0]?.resources.map((resource) => resource.kind)).toEqual(['mobile_number', 'sim']);
    expect(await facts('order.completed.v1', orderId)).toHaveLength(1);
  });

  it('shows customer and account what they have', async () => {
    const { customerId, accountId, orderId } = await soldFamily();
    const query = `query ($orderId: ID!) { order(orderId: $orderId) {
      customer { orders(first: 1) { edges { node { orderId } } pageInfo { hasNextPage } }
        products(first: 2) { edges { cursor node { card name role } } pageInfo { hasNextPage endCursor } } }
      account { products(liveOnly: true, first: 100) { edges { node { card number order { orderId } } } } } } }`;
    const { data } = await world.operator.graphql(query, { orderId });
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
    expect(rest.body).toMatchObject([{ name: 'plan', status: 'active', billingAccount: { id: accountId } }, {}]);
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
    expect(orders.body).toMatchObject([{ id: orderId, state: 'completed', productOrderItem: [{ id: 'bundle' }] }]);
  });

  it('fails clean when a number is sold already', async () => {
    const party = await newCustomer(world.operator);
    world.neighbours.soldNumbers.add('8613800138000');
    const items = [{ offeringCode: 'plan', requestedNumber: '8613800138000' }];
    const { orderId } = await place({ ...party, items });
    await world.operator.settle();
    expect(await order(orderId)).toMatchObject({ state: 'FAILED', reason: { code: 'resource_not_available' } });
    expect(await facts('order.failed.v1', orderId)).toMatchObject([{ reason: 'resource_not_available' }]);
  });

  it('gives everything back when the services fail', async () => {
    const party = await newCustomer(world.operator);
    const { orderId } = await place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    await reply(world, orderId, 'failed', 'the hlr refused');
    expect(await order(orderId)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'service_order_failed', text: 'the hlr refused' },
    });
    expect(world.neighbours.held.has(orderId)).toBe(false);
    expect((await order(orderId)).items[0]?.product).toBeNull();
  });

  it('goes on by itself when a neighbour was out of reach', async () => {
    const party = await newCustomer(world.operator);
    let failures = 2;
    world.neighbours.before = (command) => {
      if (command === 'hold' && failures > 0) {
        failures -= 1;
        throw new Error('connection refused');
      }
    };
    const { orderId } = await place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    world.neighbours.before = () => {};
    expect(await order(orderId)).toMatchObject({ step: 'provisioning' });
    expect(failures).toBe(0);
  });

  it('knows a customer that was registered a moment ago', async () => {
    const party = { customerId: newId(), accountId: newId() };
    world.neighbours.customersOnRequest.set(party.customerId, party);
    expect((await place({ ...party, items: wish(['plan']) })).code).toBeNull();
  });
});

describe('one key, one order', () => {
  it('answers the same order for the same body and refuses another body', async () => {
    const party = await newCustomer(world.operator);
    const key = newId();
    const [first, second] = await Promise.all([1, 2].map(() => place({ ...party, items: wish(['plan']) }, key)));
    expect(first?.orderId).toBe(second?.orderId);
    expect((await place({ ...party, items: wish(['cloud']) }, key)).code).toBe('idempotency_key_reused');
    const [count] = await world.operator.sql<{ orders: string }>(
      'select count(*) as orders from ordering.product_order where customer_id = $1',
      [party.customerId],
    );
    expect(count?.orders).toBe('1');
  });

  it('stores a refusal as well as an order', async () => {
    const party = await newCustomer(world.operator);
    const key = newId();
    expect((await place({ ...party, items: wish(['summer']) }, key)).code).toBe('offer_not_on_sale');
    expect((await place({ ...party, items: wish(['summer']) }, key)).code).toBe('offer_not_on_sale');
  });
});

describe('what is refused at the counter', () => {
  it('says what is wrong with the order', async () => {
    const party = await newCustomer(world.operator);
    const stranger = await newCustomer(world.operator);
    const codes = async (items: object[], given: object = {}) => (await place({ ...party, items, ...given })).code;
    expect(await codes([])).toBe('order_empty');
    expect(await codes(wish(['nothing']))).toBe('offering_unknown');
    expect(await codes(wish(['summer']))).toBe('offer_not_on_sale');
    expect(await codes(wish(['sub']))).toBe('main_card_missing');
    expect(await codes(wish(['plan']), { accountId: stranger.accountId })).toBe('account_of_other_customer');
    expect(await codes(wish(['plan']), { customerId: newId() })).toBe('customer_not_found');
    expect(await codes(wish(['plan']), { accountId: newId() })).toBe('account_not_found');
    expect(await codes(wish(['plan']), { accountId: 'x' })).toBe('input_invalid');
  });

  it('sells five numbers on one identity document, to two clerks at once too', async () => {
    const party = await newCustomer(world.operator);
    const orders = await Promise.all(
      Array.from({ length: 8 }, () => place({ ...party, items: wish(['plan']) })),
    );
    expect(orders.filter((each) => each.code === null)).toHaveLength(5);
    expect(orders.filter((each) => each.code === 'number_limit_reached')).toHaveLength(3);
  });

  it('frees numbers of an order that failed', async () => {
    const party = await newCustomer(world.operator);
    const five = await place({ ...party, items: wish(['plan', 'plan', 'plan', 'plan', 'plan']) });
    await world.operator.settle();
    expect((await place({ ...party, items: wish(['plan']) })).code).toBe('number_limit_reached');
    await reply(world, five.orderId, 'failed');
    expect((await place({ ...party, items: wish(['plan']) })).code).toBeNull();
  });

  it('lets only staff and partners in', async () => {
    const party = await newCustomer(world.operator);
    const input = { ...party, items: wish(['plan']) };
    const query = `mutation ($input: OrderInput!) { placeOrder(input: $input, idempotencyKey: "k") { orderId } }`;
    const codeAs = async (role: 'billing' | null) =>
      (await world.operator.graphql(query, { input }, role)).errors?.[0]?.extensions.code;
    expect(await codeAs('billing')).toBe('role_missing');
    expect(await codeAs(null)).toBe('unauthenticated');
  });
});

describe('a cancellation', () => {
  it('gives everything back', async () => {
    const party = await newCustomer(world.operator);
    world.neighbours.stock.set('optical_terminal', 1);
    const { orderId } = await place({ ...party, bundleOfferingCode: 'family', items: wish(['plan', 'line']) });
    await world.operator.settle();
    expect(world.neighbours.stock.get('optical_terminal')).toBe(0);
    expect(await cancel(orderId)).toBe('PENDING_CANCELLATION');
    await world.operator.settle();
    await reply(world, orderId, 'failed', 'cancelled');
    expect(await order(orderId)).toMatchObject({ state: 'CANCELLED', reason: { text: 'changed my mind' } });
    expect(world.neighbours.stock.get('optical_terminal')).toBe(1);
    expect(await facts('order.cancelled.v1', orderId)).toHaveLength(1);
    world.neighbours.stock.clear();
  });

  it('that comes after the services were finished does not undo them', async () => {
    const party = await newCustomer(world.operator);
    const { orderId } = await place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    // Provisioning is done, its reply has not arrived yet.
    world.neighbours.services.set(orderId, 'done');
    expect(await cancel(orderId)).toBe('PENDING_CANCELLATION');
    await world.operator.settle();
    await reply(world, orderId, 'completed');
    expect(await order(orderId)).toMatchObject({ state: 'COMPLETED' });
    expect(await cancel(orderId)).toBe('order_not_cancellable');
  });

  it('racing completion: one of them wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const party = await newCustomer(world.operator);
      const { orderId } = await place({ ...party, items: wish(['cloud']) });
      const outcome = await cancel(orderId);
      await world.operator.settle();
      if (world.neighbours.services.get(orderId) === 'running') await reply(world, orderId, 'completed');
      if (world.neighbours.services.get(orderId) === 'undone') await reply(world, orderId, 'failed', 'cancelled');
      const { state, items } = await order(orderId);
      expect(['CANCELLED', 'PENDING_CANCELLATION', 'order_not_cancellable']).toContain(outcome);
      expect(items[0]?.product !== null).toBe(state === 'COMPLETED');
      expect(['CANCELLED', 'COMPLETED']).toContain(state);
    }
  });

  it('happens by itself at the deadline', async () => {
    const party = await newCustomer(world.operator);
    const { orderId } = await place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    await world.operator.moveClock('2026-06-11T00:31:00+08:00');
    await reply(world, orderId, 'failed', 'cancelled');
    expect(await order(orderId)).toMatchObject({ state: 'CANCELLED', reason: { code: 'deadline_passed' } });
  });
});

describe('a termination', () => {
  it('ends the products now and returns what they used', async () => {
    const family = await soldFamily();
    const [, , , line = '', set = ''] = family.products;
    expect((await terminate({ ...family, productIds: [line] })).code).not.toBeNull();
    const party = { customerId: family.customerId, accountId: family.accountId };
    expect((await terminate({ ...party, productIds: [line] })).code).toBe('product_has_dependents');

    const { orderId } = await terminate({ ...party, productIds: [line, set] });
    await world.operator.settle();
    expect((await terminate({ ...party, productIds: [set] })).code).toBe('product_in_order');
    await reply(world, orderId, 'completed');
    expect(await order(orderId)).toMatchObject({ state: 'COMPLETED' });
    const ended = await world.operator.sql<{ payload: ProductState; version: number }>(
      `select payload from ordering.outbox where type = 'product.terminated.v1' and aggregate_id = any($1)`,
      [[line, set]],
    );
    expect(ended.map(({ payload }) => payload.effectiveTo).every((at) => at !== null)).toBe(true);
    expect(ended).toHaveLength(2);
    expect(world.neighbours.returned).toHaveLength(2);
    expect((await terminate({ ...party, productIds: [line] })).code).toBe('product_not_active');
    const history = await world.operator.graphql<{ product: { history: { cause: string }[] } }>(
      `query ($id: ID!) { product(productId: $id) { status history { version cause effectiveTo recordedBy } } }`,
      { id: line },
    );
    expect(history.data?.product.history.map((version) => version.cause)).toEqual(['activated', 'terminated']);
  });
});

describe('a quote', () => {
  const price = `firstPeriod { period total lines { card amount net explanation explanationZh } } monthly { total }`;

  it('prices a basket by days and for the month, and stores nothing', async () => {
    const party = await newCustomer(world.operator);
    const answer = await world.operator.graphql(`query ($input: OrderInput!) { quote(input: $input) { ${price} } }`, {
      input: { ...party, items: wish(['plan', 'sub']) },
    });
    expect(answer.data).toMatchObject({
      quote: {
        firstPeriod: { period: '2026-06', total: '51.34', lines: [{ card: 'main', net: '46.67' }, { net: '4.67' }] },
        monthly: { total: '77.00' },
      },
    });
  });

  it('may be ordered as it is until it runs out', async () => {
    const party = await newCustomer(world.operator);
    const query = `mutation ($input: OrderInput!, $key: String!) {
      saveQuote(input: $input, idempotencyKey: $key) { quoteId validUntil price { ${price} } } }`;
    const saved = await world.operator.graphql<{ saveQuote: { quoteId: string } }>(query, {
      input: { ...party, items: wish(['plan']) },
      key: newId(),
    });
    const quoteId = saved.data?.saveQuote.quoteId ?? '';
    expect((await place({ ...party, quoteId, items: wish(['plan']) })).code).toBe('order_body_invalid');
    expect((await place({ ...(await newCustomer(world.operator)), quoteId, items: [] })).code).toBe(
      'quote_of_other_account',
    );
    const { orderId } = await place({ ...party, quoteId, items: [] });
    expect((await order(orderId)).items).toMatchObject([{ card: 'main' }]);
  });
});

describe('the standard and the other domains', () => {
  it('takes a TMF622 order, with its bundle nested', async () => {
    const { customerId, accountId } = await newCustomer(world.operator);
    const body = {
      relatedParty: [{ id: customerId, role: 'customer', '@referredType': 'Customer' }],
      billingAccount: { id: accountId },
      productOrderItem: [
        {
          id: 'b',
          action: 'add',
          productOffering: { id: 'family' },
          productOrderItem: [
            { id: '1', action: 'add', productOffering: { id: 'plan' } },
            { id: '2', action: 'add', productOffering: { id: 'line' } },
          ],
        },
      ],
    };
    const path = '/tmf-api/productOrderingManagement/v4/productOrder';
    const created = await world.operator.rest('POST', path, body, { role: 'partner', key: newId() });
    expect(created.status).toBe(201);
    const { id } = created.body as { id: string };
    const found = await world.operator.rest('GET', `${path}/${id}`, undefined, { role: 'partner' });
    expect(found.body).toMatchObject({ id, relatedParty: [{ id: customerId }], productOrderItem: [{ id: 'bundle' }] });
    expect((await world.operator.rest('POST', path, { productOrderItem: [] }, { role: 'partner', key: 'k' })).body).toMatchObject({
      code: 'order_body_invalid',
    });
    expect((await world.operator.rest('GET', `${path}/${newId()}`, undefined, { role: 'partner' })).status).toBe(404);
    expect((await world.operator.rest('GET', `${path}?limit=1000`, undefined, { role: 'partner' })).status).toBe(400);
  });

  it('takes an order as a command', async () => {
    const party = await newCustomer(world.operator);
    const { orderId } = await world.operator.command(
      'ordering.placeOrder',
      { ...party, items: adding('cloud') },
      { key: newId() },
    );
    expect(orderId).toHaveLength(36);
  });

  it('finds no difference in its control totals', async () => {
    await world.operator.settle();
    const audit = await world.operator.rest('POST', '/audit', undefined, { role: 'operations' });
    expect(audit.body).toMatchObject({ differences: [] });
  });
});
