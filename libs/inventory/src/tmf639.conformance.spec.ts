import { luhnCheckDigit, newId, type Instant } from '@ronghe/kernel';
import { startOperator, tmfConformance, type TestOperator } from '@ronghe/testing';
import { inventoryDomain } from './index';

const BASE = '/tmf-api/resourceInventoryManagement/v4/resource';
const problemsOf = tmfConformance('TMF639');
const payload = '898603260000000000';

let operator: TestOperator;

beforeAll(async () => {
  operator = await startOperator({ domains: [inventoryDomain] });
  const open = `mutation { openStockPlace(input: { code: "cd-01", name: "Tianfu hall" }, idempotencyKey: "p") { code } }`;
  await operator.graphql(open, {}, 'operations');
  const add = `mutation($input: AddStockInput!, $key: String!) { addStock(input: $input, idempotencyKey: $key) { count } }`;
  const ranges = [
    { kind: 'SIM', first: `${payload}${luhnCheckDigit(payload)}`, firstImsi: '460110000000000' },
    { kind: 'MOBILE_NUMBER', first: '13312340072' },
    { kind: 'FIXED_NUMBER', first: '02866661001' },
    { kind: 'OPTICAL_TERMINAL', first: 'HWTC00000001' },
    { kind: 'SET_TOP_BOX', first: 'STB2600000001' },
  ];
  for (const range of ranges) {
    const input = { ...range, count: 3, placeCode: 'cd-01' };
    await operator.graphql(add, { key: newId(), input }, 'operations');
  }
  const [sold, held] = [newId(), newId()];
  const requests = [
    { slot: 'sim', kind: 'sim' },
    { slot: 'number', kind: 'mobile_number' },
  ] as const;
  for (const orderId of [sold, held]) {
    const input = { orderId, until: '2026-06-02T00:00:00.000Z' as Instant, requests: [...requests] };
    await operator.command('inventory.holdResources', input, { key: newId() });
  }
  await operator.command('inventory.confirmResources', { orderId: sold }, { key: newId() });
});

afterAll(() => operator?.stop());

it('every resource in the list and by its id conforms, in every state', async () => {
  const answer = await operator.rest('GET', `${BASE}?limit=100`);
  const list = answer.body as { id: string; href: string }[];
  expect(list).toHaveLength(15);
  for (const each of list) {
    expect([each.id, problemsOf('Resource', each)]).toEqual([each.id, []]);
    const one = await operator.rest('GET', each.href.slice(operator.url.length));
    expect([one.status, problemsOf('Resource', one.body)]).toEqual([200, []]);
  }
});

it('sees a wrong attribute and a missing one', () => {
  expect(problemsOf('Resource', { id: '1', href: '/1', nmae: 'typing error' })).toHaveLength(1);
  expect(problemsOf('Resource', { id: '1' })).toHaveLength(1);
});
