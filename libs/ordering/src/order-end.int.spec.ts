import type { ProductState } from '@ronghe/contracts';
import { Counter, wish } from './counter.fixture';
import { startOrdering, type OrderingWorld } from './ordering.fixture';

let world: OrderingWorld;
let counter: Counter;
beforeAll(async () => {
  world = await startOrdering();
  counter = new Counter(world);
});
afterAll(() => world?.operator.stop());

describe('a cancellation', () => {
  it('gives everything back', async () => {
    const party = await world.newCustomer();
    world.neighbours.stock.set('optical_terminal', 1);
    const { orderId } = await counter.place({
      ...party,
      bundleOfferingCode: 'family',
      items: wish(['plan', 'line']),
    });
    await world.operator.settle();
    expect(world.neighbours.stock.get('optical_terminal')).toBe(0);
    expect(await counter.cancel(orderId)).toBe('PENDING_CANCELLATION');
    await world.operator.settle();
    await world.reply(orderId, 'failed', 'cancelled');
    expect(await counter.order(orderId)).toMatchObject({
      state: 'CANCELLED',
      reason: { text: 'changed my mind' },
    });
    expect(world.neighbours.stock.get('optical_terminal')).toBe(1);
    expect(await counter.facts('order.cancelled.v1', orderId)).toHaveLength(1);
    world.neighbours.stock.clear();
  });

  it('that comes after the services were finished does not undo them', async () => {
    const party = await world.newCustomer();
    const { orderId } = await counter.place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    // Provisioning is done, its reply has not arrived yet.
    world.neighbours.services.set(orderId, 'done');
    expect(await counter.cancel(orderId)).toBe('PENDING_CANCELLATION');
    await world.operator.settle();
    await world.reply(orderId, 'completed');
    expect(await counter.order(orderId)).toMatchObject({ state: 'COMPLETED' });
    expect(await counter.cancel(orderId)).toBe('order_not_cancellable');
  });

  it('racing completion: one of them wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const party = await world.newCustomer();
      const { orderId } = await counter.place({ ...party, items: wish(['cloud']) });
      const outcome = await counter.cancel(orderId);
      await world.operator.settle();
      if (world.neighbours.services.get(orderId) === 'running') await world.reply(orderId, 'completed');
      if (world.neighbours.services.get(orderId) === 'undone')
        await world.reply(orderId, 'failed', 'cancelled');
      const { state, items } = await counter.order(orderId);
      expect(['CANCELLED', 'PENDING_CANCELLATION', 'order_not_cancellable']).toContain(outcome);
      expect(items[0]?.product !== null).toBe(state === 'COMPLETED');
      expect(['CANCELLED', 'COMPLETED']).toContain(state);
    }
  });

  it('happens by itself at the deadline', async () => {
    const party = await world.newCustomer();
    const { orderId } = await counter.place({ ...party, items: wish(['plan']) });
    await world.operator.settle();
    await world.operator.moveClock('2026-06-11T00:31:00+08:00');
    await world.reply(orderId, 'failed', 'cancelled');
    expect(await counter.order(orderId)).toMatchObject({
      state: 'CANCELLED',
      reason: { code: 'deadline_passed' },
    });
  });
});

describe('a termination', () => {
  it('ends the products now and returns what they used', async () => {
    const family = await counter.soldFamily();
    const [, , , line = '', set = ''] = family.products;
    const party = { customerId: family.customerId, accountId: family.accountId };
    expect((await counter.terminate(party, [line])).code).toBe('product_has_dependents');

    const { orderId } = await counter.terminate(party, [line, set]);
    await world.operator.settle();
    expect((await counter.terminate(party, [set])).code).toBe('product_in_order');
    await world.reply(orderId, 'completed');
    expect(await counter.order(orderId)).toMatchObject({ state: 'COMPLETED' });
    const ended = await world.operator.sql<{ payload: ProductState; version: number }>(
      `select payload from ordering.outbox where type = 'product.terminated.v1' and aggregate_id = any($1)`,
      [[line, set]],
    );
    expect(ended.map(({ payload }) => payload.effectiveTo).every((at) => at !== null)).toBe(true);
    expect(ended).toHaveLength(2);
    expect(world.neighbours.returned).toHaveLength(2);
    expect((await counter.terminate(party, [line])).code).toBe('product_not_active');
    const history = await world.operator.graphql<{ product: { history: { cause: string }[] } }>(
      `query ($id: ID!) { product(productId: $id) { status history { version cause effectiveTo recordedBy } } }`,
      { id: line },
    );
    expect(history.data?.product.history.map((version) => version.cause)).toEqual([
      'activated',
      'terminated',
    ]);
  });
});
