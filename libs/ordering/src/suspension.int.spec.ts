import type { ProductState } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { Counter, type Placed } from './counter.fixture';
import { startOrdering, type OrderingWorld } from './ordering.fixture';

let world: OrderingWorld;
let counter: Counter;
beforeAll(async () => {
  world = await startOrdering();
  counter = new Counter(world);
});
afterAll(() => world?.operator.stop());
afterEach(async () => {
  const audit = await world.operator.rest('POST', '/audit', undefined, { role: 'operations' });
  expect(audit.body).toMatchObject({ differences: [] });
});

interface Party {
  customerId: string;
  accountId: string;
}

interface ProductAnswer {
  status: string;
  barring: string | null;
  blocks: { reason: string; kind: string; orderId: string }[];
  history: { cause: string; blocks: { to: string | null }[] }[];
}

async function change(
  what: 'suspendProducts' | 'resumeProducts',
  { customerId, accountId }: Party,
  wish: { productIds: string[]; reason: string; kind?: string },
  options: { role?: 'counter' | 'operations'; key?: string } = {},
): Promise<Placed> {
  const type = what === 'suspendProducts' ? 'SuspendProductsInput' : 'ResumeProductsInput';
  const query = `mutation ($input: ${type}!, $key: String!) { done: ${what}(input: $input, idempotencyKey: $key) { orderId kind } }`;
  const { data, errors } = await world.operator.graphql<{ done: { orderId: string } }>(
    query,
    { input: { customerId, accountId, ...wish }, key: options.key ?? newId() },
    options.role ?? 'counter',
  );
  return { orderId: data?.done.orderId ?? '', code: errors?.[0]?.extensions.code ?? null };
}

const suspend = (
  party: Party,
  productIds: string[],
  reason = 'CUSTOMER_WISH',
  options: { role?: 'counter' | 'operations'; key?: string; kind?: string } = {},
) => change('suspendProducts', party, { productIds, reason, kind: options.kind ?? 'FULL_STOP' }, options);
const resume = (
  party: Party,
  productIds: string[],
  reason = 'CUSTOMER_WISH',
  options: { role?: 'counter' | 'operations' } = {},
) => change('resumeProducts', party, { productIds, reason }, options);

async function product(productId: string): Promise<ProductAnswer> {
  const query = `query ($id: ID!) { product(productId: $id) {
    status barring blocks { reason kind orderId } history { cause blocks { to } } } }`;
  const { data } = await world.operator.graphql<{ product: ProductAnswer }>(query, { id: productId });
  if (!data) throw new Error('no product');
  return data.product;
}

async function done({ orderId, code }: Placed): Promise<string> {
  expect(code).toBeNull();
  await world.operator.settle();
  await world.reply(orderId, 'completed');
  return (await counter.order(orderId)).state;
}

it('blocks a product, and frees it when its last block is lifted', async () => {
  const family = await counter.soldFamily();
  const [, , , line = ''] = family.products;
  const stopped = await suspend(family, [line]);
  await world.operator.settle();
  // Until the network has done it the product runs, and nothing else may change it.
  expect((await product(line)).status).toBe('ACTIVE');
  expect((await resume(family, [line])).code).toBe('product_in_order');
  expect((await counter.terminate(family, [line])).code).toBe('product_in_order');
  expect(await done(stopped)).toBe('COMPLETED');
  expect(await product(line)).toMatchObject({
    status: 'SUSPENDED',
    barring: 'FULL_STOP',
    blocks: [{ reason: 'CUSTOMER_WISH', kind: 'FULL_STOP', orderId: stopped.orderId }],
  });
  expect((await suspend(family, [line])).code).toBe('product_blocked_already');

  await done(await suspend(family, [line], 'DUNNING', { role: 'operations', kind: 'BARRED_OUTGOING' }));
  await done(await resume(family, [line]));
  expect(await product(line)).toMatchObject({ status: 'SUSPENDED', barring: 'BARRED_OUTGOING' });
  expect((await resume(family, [line])).code).toBe('product_not_blocked');
  await done(await resume(family, [line], 'DUNNING', { role: 'operations' }));
  const { status, history } = await product(line);
  expect([status, history.map(({ cause }) => cause)]).toEqual([
    'ACTIVE',
    ['activated', 'suspended', 'suspended', 'resumed', 'resumed'],
  ]);
  expect(history.at(-1)?.blocks.map(({ to }) => to !== null)).toEqual([true, true]);
});

it('asks provisioning for what all blocks stop together', async () => {
  const family = await counter.soldFamily();
  const [, , , line = ''] = family.products;
  const asked = async ({ orderId }: Placed) => {
    await world.operator.settle();
    const { action, services } = world.neighbours.asked.get(orderId) ?? {};
    await world.reply(orderId, 'completed');
    return [action, services?.map(({ barring }) => barring)];
  };
  expect(await asked(await suspend(family, [line], 'SIM_LOST'))).toEqual(['bar', ['full-stop']]);
  const outgoing = { role: 'operations', kind: 'BARRED_OUTGOING' } as const;
  expect(await asked(await suspend(family, [line], 'DUNNING', outgoing))).toEqual(['bar', ['full-stop']]);
  expect(await asked(await resume(family, [line], 'SIM_LOST'))).toEqual(['unbar', ['barred-outgoing']]);
  expect(await asked(await resume(family, [line], 'DUNNING', { role: 'operations' }))).toEqual([
    'unbar',
    [null],
  ]);
});

it('is by card for the customer, by main card with its sub cards where money is owed', async () => {
  const family = await counter.soldFamily();
  const [main = '', sub1 = '', sub2 = ''] = family.products;
  await done(await suspend(family, [main]));
  expect((await product(sub1)).status).toBe('ACTIVE');
  await done(await suspend(family, [main], 'UNPAID_FEE', { role: 'operations' }));
  for (const card of [main, sub1, sub2]) {
    expect((await product(card)).blocks.map(({ reason }) => reason)).toContain('UNPAID_FEE');
  }
  await done(await resume(family, [main], 'UNPAID_FEE', { role: 'operations' }));
  expect([(await product(main)).status, (await product(sub2)).status]).toEqual(['SUSPENDED', 'ACTIVE']);
});

it('leaves the product as it was when the network refuses, or the order is cancelled', async () => {
  const family = await counter.soldFamily();
  const [main = ''] = family.products;
  const failed = await suspend(family, [main]);
  await world.operator.settle();
  await world.reply(failed.orderId, 'failed', 'hlr: refused');
  expect(await counter.order(failed.orderId)).toMatchObject({
    state: 'FAILED',
    reason: { code: 'service_order_failed' },
  });
  const cancelled = await suspend(family, [main]);
  await world.operator.settle();
  expect(await counter.cancel(cancelled.orderId)).toBe('PENDING_CANCELLATION');
  await world.operator.settle();
  await world.reply(cancelled.orderId, 'failed', 'cancelled');
  expect(await product(main)).toMatchObject({ status: 'ACTIVE', blocks: [] });
});

it('is placed once for a key, also by another domain, and published as it stands', async () => {
  const family = await counter.soldFamily();
  const [main = '', sub = ''] = family.products;
  const { customerId, accountId } = family;
  const key = newId();
  const input = {
    customerId,
    accountId,
    items: [
      {
        action: 'suspend' as const,
        productId: main,
        blockReason: 'unpaid-fee' as const,
        blockKind: 'barred-outgoing' as const,
      },
    ],
  };
  const first = await world.operator.command('ordering.placeOrder', input, { key });
  expect(await world.operator.command('ordering.placeOrder', input, { key })).toEqual(first);
  await done({ ...first, code: null });
  const told = await world.operator.sql<{ payload: ProductState }>(
    `select payload from ordering.outbox where type = 'product.suspended.v1' and aggregate_id = any($1)`,
    [[main, sub]],
  );
  expect(told.map(({ payload }) => payload.blocks)).toEqual([
    [expect.objectContaining({ reason: 'unpaid-fee', kind: 'barred-outgoing', to: null })],
    [expect.objectContaining({ reason: 'unpaid-fee', kind: 'barred-outgoing', to: null })],
  ]);
});

it('is refused at the counter for what is not the customer’s wish, and for what has ended', async () => {
  const family = await counter.soldFamily();
  const [, , sub2 = ''] = family.products;
  expect((await suspend(family, [sub2], 'DUNNING')).code).toBe('block_reason_reserved');
  expect((await resume(family, [sub2], 'UNPAID_FEE')).code).toBe('block_reason_reserved');
  await done(await suspend(family, [sub2]));
  await done(await counter.terminate(family, [sub2]));
  expect(await product(sub2)).toMatchObject({ status: 'TERMINATED', blocks: [] });
  expect((await suspend(family, [sub2])).code).toBe('product_not_active');
  expect((await resume(family, [sub2])).code).toBe('product_not_active');
  expect((await suspend(family, [newId()])).code).toBe('product_not_found');
});

it('goes through TMF622 as a modification, and shows in TMF637', async () => {
  const family = await counter.soldFamily();
  const [, , , line = ''] = family.products;
  const body = (status: string, characteristics: object[] = []) => ({
    relatedParty: [{ id: family.customerId, role: 'customer' }],
    billingAccount: { id: family.accountId },
    productOrderItem: [
      { id: '1', action: 'modify', product: { id: line, status, productCharacteristic: characteristics } },
    ],
  });
  const path = '/tmf-api/productOrderingManagement/v4/productOrder';
  const post = (given: object) => world.operator.rest('POST', path, given, { role: 'partner', key: newId() });
  const answer = await post(body('suspended', [{ name: 'blockKind', value: 'barred-outgoing' }]));
  expect(answer).toMatchObject({
    status: 201,
    body: { productOrderItem: [{ action: 'modify', product: { status: 'suspended' } }] },
  });
  const { id } = answer.body as { id: string };
  await done({ orderId: id, code: null });
  const shown = await world.operator.rest('GET', `/tmf-api/productInventory/v4/product/${line}`);
  expect(shown.body).toMatchObject({ status: 'suspended' });
  const { productCharacteristic } = shown.body as { productCharacteristic: object[] };
  expect(productCharacteristic).toContainEqual({
    name: 'block:customer-wish',
    valueType: 'string',
    value: 'barred-outgoing',
  });
  expect((await post(body('asleep'))).body).toMatchObject({ code: 'order_body_invalid' });
  expect((await post(body('suspended', [{ name: 'blockReason', value: 'dunning' }]))).status).toBe(403);
  const back = (await post(body('active'))).body as { id: string };
  expect(await done({ orderId: back.id, code: null })).toBe('COMPLETED');
});
