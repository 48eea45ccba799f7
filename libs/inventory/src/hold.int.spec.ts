import { newId, luhnCheckDigit, type Instant } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { inventoryDomain } from './inventory.domain';

let operator: TestOperator;
let serial = 0;

const until = '2026-06-01T00:30:00.000Z' as Instant;

beforeAll(async () => {
  operator = await startOperator({ domains: [inventoryDomain] });
  await mutate(
    'mutation($code: String!) { openStockPlace(input: { code: $code, name: "Tianfu hall" }, idempotencyKey: $code) { code } }',
    {
      code: 'cd-01',
    },
  );
});

afterAll(() => operator?.stop());

async function mutate(query: string, variables: object) {
  const answer = await operator.graphql(query, variables, 'operations');
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Takes `count` new SIMs into stock. */
async function addSims(count: number): Promise<void> {
  serial += 1;
  const payload = `89860326${String(serial).padStart(4, '0')}000000`;
  await mutate(
    `mutation($input: AddStockInput!, $key: String!) { addStock(input: $input, idempotencyKey: $key) { count } }`,
    {
      key: newId(),
      input: {
        kind: 'SIM',
        first: `${payload}${luhnCheckDigit(payload)}`,
        firstImsi: `46011${String(serial).padStart(4, '0')}000000`,
        count,
        placeCode: 'cd-01',
      },
    },
  );
}

async function addNumbers(first: string, count: number, kind = 'MOBILE_NUMBER'): Promise<void> {
  await mutate(
    `mutation($input: AddStockInput!, $key: String!) { addStock(input: $input, idempotencyKey: $key) { count } }`,
    { key: newId(), input: { kind, first, count, placeCode: 'cd-01' } },
  );
}

async function stateOf(value: string): Promise<string> {
  const [row] = await operator.sql<{ state: string }>(
    `select state from inventory.resource where value = $1`,
    [value],
  );
  return row?.state ?? 'not in stock';
}

function hold(
  orderId: string,
  requests: { slot: string; kind: 'sim' | 'mobile_number' | 'fixed_number'; value?: string }[],
) {
  return operator.command(
    'inventory.holdResources',
    { orderId, until, requests },
    { key: `${orderId}/hold` },
  );
}

describe('holding stock for an order', () => {
  it('holds a SIM with its IMSI and the number that was chosen, sells them, and says so', async () => {
    await addSims(1);
    await addNumbers('13312340071', 3);
    const orderId = newId();
    const { resources } = await hold(orderId, [
      { slot: 'i1/sim', kind: 'sim' },
      { slot: 'i1/number', kind: 'mobile_number', value: '133 1234 0072' },
    ]);
    expect(resources).toMatchObject([
      { slot: 'i1/sim', kind: 'sim', attributes: { imsi: expect.stringMatching(/^46011\d{10}$/) as string } },
      { slot: 'i1/number', kind: 'mobile_number', value: '8613312340072' },
    ]);
    expect(await stateOf('8613312340072')).toBe('held');

    const confirm = () =>
      operator.command('inventory.confirmResources', { orderId }, { key: `${orderId}/confirm` });
    expect(await confirm()).toEqual({ confirmed: 2 });
    expect(await confirm()).toEqual({ confirmed: 2 });
    expect(await stateOf('8613312340072')).toBe('assigned');
    const events = await operator.sql<{ type: string; payload: object }>(
      `select type, payload from inventory.outbox where payload->>'orderId' = $1`,
      [orderId],
    );
    expect(events.map((event) => event.type)).toEqual(['resource.assigned.v1', 'resource.assigned.v1']);
  });

  it('refuses a sold number by name, and holds nothing else of that order', async () => {
    await addSims(1);
    const orderId = newId();
    const attempt = hold(orderId, [
      { slot: 'sim', kind: 'sim' },
      { slot: 'number', kind: 'mobile_number', value: '8613312340072' },
    ]);
    await expect(attempt).rejects.toMatchObject({
      code: 'resource_not_available',
      kind: 'conflict',
      details: { value: '8613312340072', state: 'assigned' },
    });
    const held = await operator.sql(`select 1 from inventory.resource where order_id = $1`, [orderId]);
    expect(held).toEqual([]);
    const attemptUnknown = hold(newId(), [{ slot: 'number', kind: 'mobile_number', value: '18900000000' }]);
    await expect(attemptUnknown).rejects.toMatchObject({
      code: 'resource_not_available',
      details: { state: 'not_in_stock' },
    });
  });

  it('names the kind that is out of stock', async () => {
    await expect(hold(newId(), [{ slot: 'line', kind: 'fixed_number' }])).rejects.toMatchObject({
      code: 'out_of_stock',
      kind: 'conflict',
      details: { kind: 'fixed_number', requested: 1, free: 0 },
    });
  });

  it('gives back what a cancelled order held, for the next one', async () => {
    await addNumbers('02885551271', 1, 'FIXED_NUMBER');
    const [first, second] = [newId(), newId()];
    await hold(first, [{ slot: 'line', kind: 'fixed_number' }]);
    await expect(hold(second, [{ slot: 'line', kind: 'fixed_number' }])).rejects.toMatchObject({
      code: 'out_of_stock',
    });
    const release = () =>
      operator.command('inventory.releaseResources', { orderId: first }, { key: newId() });
    expect(await release()).toEqual({ released: 1 });
    expect(await release()).toEqual({ released: 0 });
    const third = newId();
    await expect(hold(third, [{ slot: 'line', kind: 'fixed_number' }])).resolves.toMatchObject({
      resources: [{ value: '02885551271' }],
    });
    await operator.command('inventory.releaseResources', { orderId: third }, { key: newId() });
  });

  it('hands out plain numbers before sought-after ones', async () => {
    await addNumbers('02866668888', 2, 'FIXED_NUMBER');
    const orderId = newId();
    const { resources } = await hold(orderId, [
      { slot: 'a', kind: 'fixed_number' },
      { slot: 'b', kind: 'fixed_number' },
    ]);
    expect(resources.map((each) => each.value)).not.toContain('02866668888');
    expect(resources.map((each) => each.grade)).toEqual([undefined, undefined]);
    await operator.command('inventory.releaseResources', { orderId }, { key: newId() });
    const chosen = newId();
    const request = { slot: 'a', kind: 'fixed_number' as const, value: '02866668888' };
    expect((await hold(chosen, [request])).resources).toMatchObject([{ grade: 'platinum' }]);
    await operator.command('inventory.releaseResources', { orderId: chosen }, { key: newId() });
  });

  it('answers the same command again, and refuses its key for another one', async () => {
    await addSims(2);
    const orderId = newId();
    const first = await hold(orderId, [{ slot: 'sim', kind: 'sim' }]);
    expect(await hold(orderId, [{ slot: 'sim', kind: 'sim' }])).toEqual(first);
    await expect(hold(orderId, [{ slot: 'other', kind: 'sim' }])).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    const again = operator.command(
      'inventory.holdResources',
      { orderId, until, requests: [{ slot: 'sim', kind: 'sim' }] },
      { key: newId() },
    );
    await expect(again).rejects.toMatchObject({ code: 'slot_already_held' });
  });

  it('does not hold into the past', async () => {
    const attempt = operator.command(
      'inventory.holdResources',
      {
        orderId: newId(),
        until: '2026-05-31T15:59:59.000Z' as Instant,
        requests: [{ slot: 'sim', kind: 'sim' }],
      },
      { key: newId() },
    );
    await expect(attempt).rejects.toMatchObject({ code: 'hold_in_past' });
  });
});

it('has control totals that agree', async () => {
  const audit = await operator.rest('POST', '/audit', undefined, { role: 'operations' });
  expect(audit).toMatchObject({ status: 200, body: { differences: [] } });
  await operator.sql(
    `update inventory.resource set state = 'retired' where id = (select id from inventory.resource where state = 'available' limit 1)`,
  );
  const wrong = await operator.rest('POST', '/audit', undefined, { role: 'operations' });
  expect(wrong.body).toMatchObject({ differences: [{ scope: 'available' }, { scope: 'retired' }] });
});
