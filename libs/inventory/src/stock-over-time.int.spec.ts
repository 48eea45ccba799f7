import { luhnCheckDigit, newId, type Instant, type LocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { inventoryDomain } from './inventory.domain';

const iccid = `898603260000000000${luhnCheckDigit('898603260000000000')}`;

let operator: TestOperator;

beforeAll(async () => {
  operator = await startOperator({ domains: [inventoryDomain] });
  const query = `mutation { openStockPlace(input: { code: "cd-01", name: "Tianfu hall" }, idempotencyKey: "p") { code } }`;
  await operator.graphql(query, {}, 'operations');
  await addStock({ kind: 'SIM', first: iccid, firstImsi: '460110000000000', count: 1 });
  await addStock({ kind: 'MOBILE_NUMBER', first: '13312340072', count: 1 });
  await addStock({ kind: 'FIXED_NUMBER', first: '02866661001', count: 3 });
});

afterAll(() => operator?.stop());

async function addStock(input: object): Promise<void> {
  const query = `mutation($input: AddStockInput!, $key: String!) { addStock(input: $input, idempotencyKey: $key) { count } }`;
  const answer = await operator.graphql(
    query,
    { key: newId(), input: { ...input, placeCode: 'cd-01' } },
    'operations',
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
}

async function stateOf(value: string): Promise<string> {
  const [row] = await operator.sql<{ state: string }>(
    `select state from inventory.resource where value = $1`,
    [value],
  );
  return row?.state ?? 'not in stock';
}

type Wish = { kind: 'sim' | 'mobile_number' | 'fixed_number'; value: string };

function hold(orderId: string, until: string, ...wishes: Wish[]) {
  const requests = wishes.map((wish) => ({ slot: wish.value, ...wish }));
  return operator.command(
    'inventory.holdResources',
    { orderId, until: until as Instant, requests },
    { key: newId() },
  );
}

const confirm = (orderId: string) =>
  operator.command('inventory.confirmResources', { orderId }, { key: newId() });
const release = (orderId: string) =>
  operator.command('inventory.releaseResources', { orderId }, { key: newId() });
const line = (value: string): Wish => ({ kind: 'fixed_number', value });

describe('a hold that was not confirmed', () => {
  it('ends; the order may still confirm what nobody else took', async () => {
    const orderId = newId();
    await hold(orderId, '2026-06-01T00:30:00.000Z', line('02866661003'));
    await operator.moveClock('2026-06-01T08:29:00+08:00');
    expect(await stateOf('02866661003')).toBe('held');
    await operator.moveClock('2026-06-01T08:30:00+08:00');
    expect(await stateOf('02866661003')).toBe('available');
    expect(await confirm(orderId)).toEqual({ confirmed: 1 });
    expect(await stateOf('02866661003')).toBe('assigned');
  });

  it('is not confirmed when somebody else took some of it, nor after it was released', async () => {
    const [late, quick, cancelled] = [newId(), newId(), newId()];
    await hold(late, '2026-06-01T00:40:00.000Z', line('02866661001'), line('02866661002'));
    await operator.moveClock('2026-06-01T08:40:00+08:00');
    await hold(quick, '2026-06-01T01:00:00.000Z', line('02866661002'));
    await expect(confirm(late)).rejects.toMatchObject({ code: 'hold_expired', kind: 'conflict' });
    expect(await stateOf('02866661001')).toBe('available');

    await hold(cancelled, '2026-06-01T01:00:00.000Z', line('02866661001'));
    await release(cancelled);
    await expect(confirm(cancelled)).rejects.toMatchObject({ code: 'hold_expired' });
    expect(await confirm(newId())).toEqual({ confirmed: 0 });
    await release(quick);
  });
});

describe('what comes back', () => {
  const sold = newId();
  let resourceIds: string[];

  beforeAll(async () => {
    const wishes: Wish[] = [
      { kind: 'mobile_number', value: '8613312340072' },
      { kind: 'sim', value: iccid },
    ];
    const { resources } = await hold(sold, '2026-06-01T02:00:00.000Z', ...wishes);
    resourceIds = resources.map((resource) => resource.resourceId);
    await confirm(sold);
  });

  it('rests as long as the policy says when it is a number, and is retired when it is a SIM', async () => {
    const orderId = newId();
    const giveBack = () =>
      operator.command('inventory.returnResources', { resourceIds, orderId }, { key: `${orderId}/return` });
    await expect(giveBack()).rejects.toMatchObject({ code: 'inventory_policy_missing', kind: 'unavailable' });
    await publishPolicy(90);
    expect(await giveBack()).toEqual({ returned: 2 });
    expect(await stateOf('8613312340072')).toBe('quarantined');
    expect(await stateOf(iccid)).toBe('retired');
    const early = hold(newId(), '2026-06-01T02:00:00.000Z', { kind: 'mobile_number', value: '13312340072' });
    await expect(early).rejects.toMatchObject({
      code: 'resource_not_available',
      details: { state: 'quarantined' },
    });
    const again = operator.command('inventory.returnResources', { resourceIds, orderId }, { key: newId() });
    await expect(again).rejects.toMatchObject({ code: 'resource_state' });

    await operator.moveClock('2026-08-30T08:39:59+08:00');
    expect(await stateOf('8613312340072')).toBe('quarantined');
    await operator.moveClock('2026-08-30T08:40:00+08:00');
    expect(await stateOf('8613312340072')).toBe('available');
    const types = await operator.sql<{ type: string }>(
      `select type from inventory.outbox where aggregate_id = $1 order by version`,
      [resourceIds[0]],
    );
    expect(types.map((row) => row.type)).toEqual(['resource.assigned.v1', 'resource.released.v1']);
  });

  it('must have been sold', async () => {
    const attempt = operator.command(
      'inventory.returnResources',
      { resourceIds: [newId()], orderId: newId() },
      { key: newId() },
    );
    await expect(attempt).rejects.toMatchObject({ code: 'resource_not_found', kind: 'not_found' });
  });
});

async function publishPolicy(numberQuarantineDays: number): Promise<void> {
  const head = { kind: 'inventory', code: 'inventory', version: 1 } as const;
  const document = {
    ...head,
    effectiveFrom: '2020-01-01' as LocalDate,
    effectiveTo: null,
    numberQuarantineDays,
  };
  await operator.publish('policy.published.v1', {
    aggregateId: 'inventory',
    lane: 0,
    payload: { code: 'inventory', version: 1, publishedAt: '2020-01-01T00:00:00.000Z' as Instant, document },
  });
  await operator.settle();
}
