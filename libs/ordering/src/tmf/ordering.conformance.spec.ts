import { tmfConformance } from '@ronghe/testing';
import { newId } from '@ronghe/kernel';
import { Counter, wish } from '../counter.fixture';
import { startOrdering, type OrderingWorld } from '../ordering.fixture';

const ORDERS = '/tmf-api/productOrderingManagement/v4/productOrder';
const PRODUCTS = '/tmf-api/productInventory/v4/product';
const orderProblems = tmfConformance('TMF622');
const productProblems = tmfConformance('TMF637');

let world: OrderingWorld;
let counter: Counter;

/** One order of each kind and outcome: completed bundle, failed, cancelled, under way, termination, suspension. */
beforeAll(async () => {
  world = await startOrdering();
  counter = new Counter(world);
  const family = await counter.soldFamily();
  const failed = await counter.place({ ...(await world.newCustomer()), items: wish(['plan']) });
  const cancelled = await counter.place({ ...(await world.newCustomer()), items: wish(['plan', 'sub']) });
  await world.operator.settle();
  await world.reply(failed.orderId, 'failed');
  await counter.cancel(cancelled.orderId);
  await world.reply(cancelled.orderId, 'failed', 'cancelled');
  await counter.place({
    ...(await world.newCustomer()),
    items: [{ offeringCode: 'plan', requestedNumber: '8613800138000' }],
  });
  const [, sub = ''] = family.products;
  const ended = await counter.terminate(family, [sub]);
  await world.operator.settle();
  await world.reply(ended.orderId, 'completed');
  const [main = ''] = family.products;
  const stopped = await world.operator.rest('POST', ORDERS, modification(family, main), {
    role: 'partner',
    key: newId(),
  });
  await world.operator.settle();
  await world.reply((stopped.body as Listed).id, 'completed');
});

/** A customer's wish that a product be stopped. */
function modification({ customerId, accountId }: { customerId: string; accountId: string }, id: string) {
  return {
    relatedParty: [{ id: customerId, role: 'customer', '@referredType': 'Customer' }],
    billingAccount: { id: accountId },
    productOrderItem: [{ id: '1', action: 'modify', product: { id, status: 'suspended' } }],
  };
}
afterAll(() => world?.operator.stop());

interface Listed {
  id: string;
  href: string;
  state?: string;
  status?: string;
}

describe.each([
  ['TMF622', ORDERS, 'ProductOrder', orderProblems, ['completed', 'failed', 'cancelled', 'inProgress']],
  ['TMF637', PRODUCTS, 'Product', productProblems, ['active', 'suspended', 'terminated']],
] as const)('%s', (_api, path, definition, problemsOf, states) => {
  it('every one in the list conforms, in every state', async () => {
    const answer = await world.operator.rest('GET', `${path}?limit=100`);
    const list = answer.body as Listed[];
    for (const each of list) expect([each.id, problemsOf(definition, each)]).toEqual([each.id, []]);
    expect(new Set(list.map((each) => each.state ?? each.status))).toEqual(new Set(states));
    expect(answer.headers.get('x-total-count')).toBe(String(list.length));
  });

  it('every one by its href conforms, and with fewer fields too', async () => {
    const { body } = await world.operator.rest('GET', `${path}?limit=100&fields=state`);
    for (const each of body as Listed[]) {
      expect(problemsOf(definition, each)).toEqual([]);
      const answer = await world.operator.rest('GET', each.href.slice(world.operator.url.length));
      expect([answer.status, problemsOf(definition, answer.body)]).toEqual([200, []]);
    }
  });

  it('pages without leaving out or repeating one', async () => {
    const ids = async (query: string) =>
      ((await world.operator.rest('GET', `${path}?${query}`)).body as Listed[]).map((each) => each.id);
    const all = await ids('limit=100');
    expect([...(await ids('limit=2')), ...(await ids('limit=100&offset=2'))]).toEqual(all);
  });
});

it('takes and answers a modification of TMF622', async () => {
  const family = await counter.soldFamily();
  const body = modification(family, family.products[0] ?? '');
  expect(orderProblems('ProductOrder_Create', body)).toEqual([]);
  const answer = await world.operator.rest('POST', ORDERS, body, { role: 'partner', key: newId() });
  expect([answer.status, orderProblems('ProductOrder', answer.body)]).toEqual([201, []]);
});

it('takes and answers an order of TMF622', async () => {
  const { customerId, accountId } = await world.newCustomer();
  const body = {
    relatedParty: [{ id: customerId, role: 'customer', '@referredType': 'Customer' }],
    billingAccount: { id: accountId },
    productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'plan' } }],
  };
  expect(orderProblems('ProductOrder_Create', body)).toEqual([]);
  const answer = await world.operator.rest('POST', ORDERS, body, { role: 'partner', key: newId() });
  expect([answer.status, orderProblems('ProductOrder', answer.body)]).toEqual([201, []]);
});
