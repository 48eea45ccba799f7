import type { ProductState } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { Counter } from './counter.fixture';
import { startOrdering, type OrderingWorld } from './ordering.fixture';

let world: OrderingWorld;
let counter: Counter;
beforeAll(async () => {
  world = await startOrdering();
  counter = new Counter(world);
});
afterAll(() => world?.operator.stop());

async function move(
  { customerId, accountId }: { customerId: string; accountId: string },
  productIds: string[],
): Promise<{ orderId: string; code: string | null }> {
  const query = `mutation ($input: MoveProductsInput!, $key: String!) {
    moveProducts(input: $input, idempotencyKey: $key) { orderId items { address } } }`;
  const input = { customerId, accountId, productIds, address: '8 Renmin Road' };
  const { data, errors } = await world.operator.graphql<{ moveProducts: { orderId: string } }>(query, {
    input,
    key: newId(),
  });
  return { orderId: data?.moveProducts.orderId ?? '', code: errors?.[0]?.extensions.code ?? null };
}

async function lastFact(productId: string): Promise<ProductState | undefined> {
  const rows = await world.operator.sql<{ payload: ProductState }>(
    `select payload from ordering.outbox where type like 'product.%' and payload->>'productId' = $1
     order by lane, sequence`,
    [productId],
  );
  return rows.at(-1)?.payload;
}

describe('a line that moves to another address', () => {
  it('takes a port there, gives the old one back, and tells nobody where', async () => {
    const family = await counter.soldFamily();
    const [mobile = '', , , line = ''] = family.products;
    const before = await lastFact(line);
    expect((await move(family, [mobile])).code).toBe('product_not_movable');
    world.neighbours.stock.set('optical_terminal', 1);
    const { orderId } = await move(family, [line]);
    await world.operator.settle();
    expect(world.neighbours.stock.get('optical_terminal')).toBe(0);
    expect((await move(family, [line])).code).toBe('product_in_order');
    const [wanted] = world.neighbours.asked.get(orderId)?.services ?? [];
    expect(world.neighbours.asked.get(orderId)?.action).toBe('change');
    await world.reply(orderId, 'completed');
    expect(await counter.order(orderId)).toMatchObject({ state: 'COMPLETED' });
    expect(world.neighbours.confirmed.has(orderId)).toBe(true);
    expect(world.neighbours.returned).toEqual(before?.resources.map(({ resourceId }) => resourceId));
    const after = await lastFact(line);
    expect(after).toMatchObject({
      offeringCode: 'line',
      resources: wanted?.resources,
      moves: [{ orderId, at: expect.any(String) as string }],
    });
    expect(after?.resources).not.toEqual(before?.resources);
    expect(JSON.stringify(after)).not.toContain('Renmin');
    world.neighbours.stock.clear();
  });

  it('for which there is no port stays where it is', async () => {
    const family = await counter.soldFamily();
    const line = family.products[3] ?? '';
    const before = await lastFact(line);
    world.neighbours.stock.set('optical_terminal', 0);
    const { orderId } = await move(family, [line]);
    await world.operator.settle();
    expect(await counter.order(orderId)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'out_of_stock' },
    });
    expect(await lastFact(line)).toEqual(before);
    world.neighbours.stock.clear();
  });

  it('whose network refuses gives the new port back', async () => {
    const family = await counter.soldFamily();
    const line = family.products[3] ?? '';
    world.neighbours.stock.set('optical_terminal', 1);
    const { orderId } = await move(family, [line]);
    await world.operator.settle();
    await world.reply(orderId, 'failed');
    expect(await counter.order(orderId)).toMatchObject({ state: 'FAILED' });
    expect(world.neighbours.stock.get('optical_terminal')).toBe(1);
    world.neighbours.stock.clear();
  });

  it('finds no difference in the control totals', async () => {
    const { body } = await world.operator.rest('POST', '/audit', undefined, { role: 'operations' });
    expect(body).toMatchObject({ differences: [] });
  });
});
