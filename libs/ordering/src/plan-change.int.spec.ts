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

interface Sold {
  customerId: string;
  accountId: string;
  productId: string;
}

async function soldPlan(): Promise<Sold> {
  const party = await world.newCustomer();
  const { orderId } = await counter.place({ ...party, items: wish(['plan']) });
  await world.operator.settle();
  await world.reply(orderId, 'completed');
  const [item] = (await counter.order(orderId)).items;
  return { ...party, productId: item?.product?.productId ?? '' };
}

/** The order by the standard; the id, or the code of the refusal. */
async function modify(
  { customerId, accountId, productId }: Sold,
  offering: string,
): Promise<{ id: string; code: string | null; state: string }> {
  const body = {
    relatedParty: [{ id: customerId, role: 'customer', '@referredType': 'Customer' }],
    billingAccount: { id: accountId },
    productOrderItem: [
      { id: '1', action: 'modify', productOffering: { id: offering }, product: { id: productId } },
    ],
  };
  const path = '/tmf-api/productOrderingManagement/v4/productOrder';
  const answer = await world.operator.rest('POST', path, body, { role: 'partner', key: newId() });
  const { id = '', code = null, state = '' } = answer.body as { id?: string; code?: string; state?: string };
  return { id, code, state };
}

describe('a product that is moved to another offer', () => {
  it('at once is switched over and goes on from the start of the day', async () => {
    const sold = await soldPlan();
    const { id, state } = await modify(sold, 'plan-today');
    expect(state).toBe('acknowledged');
    await world.operator.settle();
    expect(world.neighbours.asked.get(id)).toMatchObject({
      action: 'change',
      services: [{ productId: sold.productId, resources: [{ kind: 'mobile_number' }, { kind: 'sim' }] }],
    });
    await world.reply(id, 'completed');
    const [changed] = await world.operator.sql<{ payload: ProductState }>(
      `select payload from ordering.outbox where type = 'product.changed.v1' and payload->>'productId' = $1`,
      [sold.productId],
    );
    // It was activated today, so it has had this offer from its beginning.
    expect(changed?.payload).toMatchObject({ offeringCode: 'plan-today', cardGroupId: sold.productId });
    expect(changed?.payload.earlierTerms).toBeUndefined();
    expect(changed?.payload.changedFrom).toBe(changed?.payload.effectiveFrom);
    expect(await modify(sold, 'plan-today')).toMatchObject({ code: 'offer_same' });
  });

  it('from the next period waits, lets it be stopped meanwhile, and gives way to its end', async () => {
    const sold = await soldPlan();
    const { id, state } = await modify(sold, 'plan-large');
    expect(state).toBe('pending');
    await world.operator.settle();
    expect(world.neighbours.asked.has(id)).toBe(false);
    expect((await modify(sold, 'plan-today')).code).toBe('product_in_order');
    const ended = await counter.terminate(sold, [sold.productId]);
    expect(ended.code).toBeNull();
    await world.operator.settle();
    await world.reply(ended.orderId, 'completed');
    await world.operator.moveClock('2026-07-01T00:00:00+08:00');
    await world.operator.settle();
    expect(await counter.order(id)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'product_not_active' },
    });
  });

  it('whose network refuses stays as it was', async () => {
    const sold = await soldPlan();
    const { id } = await modify(sold, 'plan-today');
    await world.operator.settle();
    await world.reply(id, 'failed');
    expect(await counter.order(id)).toMatchObject({ state: 'FAILED' });
    expect(await modify(sold, 'plan-today')).toMatchObject({ code: null });
  });

  it('keeps its offer until the day has come, and has the other one from then on', async () => {
    const sold = await soldPlan();
    const { id } = await modify(sold, 'plan-large');
    await world.operator.moveClock('2026-08-01T00:00:00+08:00');
    await world.operator.settle();
    expect(world.neighbours.asked.get(id)?.services).toMatchObject([{ characteristics: { speed: '1000' } }]);
    await world.reply(id, 'completed');
    const query = `query ($id: ID!) { product(productId: $id) {
      offeringCode earlierTerms { offeringCode to } history { cause } } }`;
    const { data } = await world.operator.graphql(query, { id: sold.productId });
    expect(data).toMatchObject({
      product: {
        offeringCode: 'plan-large',
        earlierTerms: [{ offeringCode: 'plan', to: '2026-07-31T16:00:00.000Z' }],
        history: [{ cause: 'activated' }, { cause: 'changed' }],
      },
    });
  });
});
