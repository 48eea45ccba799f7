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

describe('a quote', () => {
  const price = `firstPeriod { period total lines { card amount net explanation explanationZh } } monthly { total }`;

  it('prices a basket by days and for the month, and stores nothing', async () => {
    const party = await world.newCustomer();
    const answer = await world.operator.graphql(
      `query ($input: OrderInput!) { quote(input: $input) { ${price} } }`,
      {
        input: { ...party, items: wish(['plan', 'sub']) },
      },
    );
    expect(answer.data).toMatchObject({
      quote: {
        firstPeriod: {
          period: '2026-06',
          total: '51.34',
          lines: [{ card: 'main', net: '46.67' }, { net: '4.67' }],
        },
        monthly: { total: '77.00' },
      },
    });
  });

  it('may be ordered as it is until it runs out', async () => {
    const party = await world.newCustomer();
    const query = `mutation ($input: OrderInput!, $key: String!) {
      saveQuote(input: $input, idempotencyKey: $key) { quoteId validUntil price { ${price} } } }`;
    const saved = await world.operator.graphql<{ saveQuote: { quoteId: string } }>(query, {
      input: { ...party, items: wish(['plan']) },
      key: newId(),
    });
    const quoteId = saved.data?.saveQuote.quoteId ?? '';
    expect((await counter.place({ ...party, quoteId, items: wish(['plan']) })).code).toBe(
      'order_body_invalid',
    );
    expect((await counter.place({ ...(await world.newCustomer()), quoteId, items: [] })).code).toBe(
      'quote_of_other_account',
    );
    const { orderId } = await counter.place({ ...party, quoteId, items: [] });
    expect((await counter.order(orderId)).items).toMatchObject([{ card: 'main' }]);
  });
});

describe('the standard and the other domains', () => {
  it('takes a TMF622 order, with its bundle nested', async () => {
    const { customerId, accountId } = await world.newCustomer();
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
    expect(found.body).toMatchObject({
      id,
      relatedParty: [{ id: customerId }],
      productOrderItem: [{ id: 'bundle' }],
    });
    expect(
      (await world.operator.rest('POST', path, { productOrderItem: [] }, { role: 'partner', key: 'k' })).body,
    ).toMatchObject({
      code: 'order_body_invalid',
    });
    expect(
      (await world.operator.rest('GET', `${path}/${newId()}`, undefined, { role: 'partner' })).status,
    ).toBe(404);
    expect(
      (await world.operator.rest('GET', `${path}?limit=1000`, undefined, { role: 'partner' })).status,
    ).toBe(400);
  });

  it('takes an order as a command', async () => {
    const party = await world.newCustomer();
    const { orderId } = await world.operator.command(
      'ordering.placeOrder',
      { ...party, items: [{ action: 'add', offeringCode: 'cloud' }] },
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
