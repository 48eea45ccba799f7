import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandInput, OfferDocument, ProductBlock, ProductState } from '@ronghe/contracts';
import { DomainError, instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { auditDifferences, publishDocuments, sellFamily, type Family } from '../family.fixture';
import { chargingDomain } from '../index';
import { plainBalancePolicy } from '../money/balance-policy';
import { CHARGING_DATA, NetworkFunction } from '../session/network-function.fixture';

/** Ordering, as far as its contract goes: an order for each key, refusals, and what becomes of the product. */
class Ordering {
  readonly placed: { key: string; orderId: string; input: CommandInput<'ordering.placeOrder'> }[] = [];
  refusal: string | null = null;
  /** Of these it has not heard. */
  readonly unheard = new Set<string>();

  place(input: CommandInput<'ordering.placeOrder'>, key: string): { orderId: string } {
    if (this.refusal !== null) throw new DomainError(this.refusal, 'conflict', 'refused');
    if (this.unheard.has(input.accountId))
      throw new DomainError('projection_behind', 'unavailable', 'not yet');
    const known = this.placed.find((each) => each.key === key);
    if (known) return known;
    const order = { key, orderId: newId(), input };
    this.placed.push(order);
    return order;
  }

  actions(): string[] {
    return this.placed.flatMap(({ input }) => input.items.map(({ action }) => action));
  }
}

let operator: TestOperator;
let network: NetworkFunction;
let ordering: Ordering;
const versions = new Map<string, number>();

beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-07-02T00:00:00+08:00',
    stubs: { commands: { 'ordering.placeOrder': (input, key) => ordering.place(input, key) } },
  });
  ordering = new Ordering();
  network = new NetworkFunction(operator);
  await publishDocuments(operator);
  await publishAdvanceFee();
  const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');
  const document = { ...plainBalancePolicy, version: 1, prepaidFee: { retryHours: 24, graceHours: 48 } };
  await operator.publish('policy.published.v1', {
    aggregateId: 'balance',
    lane: laneOf('balance'),
    payload: { code: 'balance', version: 1, document, publishedAt },
  });
  await operator.settle();
});
afterAll(() => operator?.stop());
beforeEach(() => {
  ordering = new Ordering();
});

/** The main card's offer with a fee of 30 yuan in advance. */
async function publishAdvanceFee(): Promise<void> {
  const file = join(__dirname, '../../../../testdata/charging/documents.json');
  const { offers } = JSON.parse(readFileSync(file, 'utf8')) as { offers: OfferDocument[] };
  const offer = offers.find(({ code }) => code === 'mobile-5g-199');
  const [price] = offer?.recurringPrices ?? [];
  if (!offer || !price) throw new Error('no offer with a fee');
  const document = {
    ...offer,
    recurringPrices: [{ ...price, amount: '30.00', timing: 'advance' as const }],
    discounts: [],
  };
  const { code, version } = offer;
  await operator.publish('offering.published.v1', {
    aggregateId: code,
    lane: laneOf(code),
    version,
    payload: { code, version, document, publishedAt: instantFromIso('2026-01-01T00:00:00+08:00') },
  });
}

/** A prepaid card that could pay its first fee and has nothing left. */
async function sell(from: string): Promise<Family> {
  const family = await sellFamily(operator, [], { account: { paymentMode: 'prepaid' } });
  await topUp(family, '30.00');
  const { account } = family;
  const sold = await sellFamily(operator, ['main'], { from, bundle: false, online: ['main'], account });
  await operator.settle();
  return sold;
}

async function topUp({ account: { accountId } }: Family, amount: string): Promise<void> {
  await operator.settle();
  const paymentId = newId();
  await operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
  await operator.settle();
}

/** What ordering says once its last order is done. */
async function tell(
  family: Family,
  type: 'product.suspended.v1' | 'product.resumed.v1',
  blocks: ProductBlock[],
): Promise<void> {
  const product = productOf(family);
  const version = (versions.get(product.productId) ?? 1) + 1;
  versions.set(product.productId, version);
  family.products['main'] = { ...product, blocks };
  const { productId: aggregateId, lane } = product;
  await operator.publish(type, { aggregateId, lane, version, payload: { ...product, blocks } });
  await operator.settle();
}

/** Nobody pays its fees any more: each would be tried again day by day while the clock goes on. */
async function end(family: Family, at: string): Promise<void> {
  const product = { ...productOf(family), effectiveTo: instantFromIso(at) };
  const { productId: aggregateId, lane } = product;
  await operator.publish('product.terminated.v1', { aggregateId, lane, version: 99, payload: product });
  await operator.settle();
}

function productOf(family: Family): ProductState {
  const product = family.products['main'];
  if (!product) throw new Error('no main card');
  return product;
}

const block = (given: Partial<ProductBlock> = {}): ProductBlock => ({
  kind: 'full-stop',
  reason: 'unpaid-fee',
  orderId: newId(),
  from: instantFromIso('2026-08-03T00:00:00+08:00'),
  to: null,
  ...given,
});
const ended = instantFromIso('2026-08-04T00:00:00+08:00');

it('an unpaid fee orders a stop, the payment orders that it goes on, each once', async () => {
  const family = await sell('2026-07-02T00:00:00+08:00');
  await operator.moveClock('2026-08-01T00:00:00+08:00');
  expect(ordering.actions()).toEqual([]);
  await operator.moveClock('2026-08-03T00:00:00+08:00');
  expect(ordering.placed.map(({ input }) => input.items)).toEqual([
    [
      {
        action: 'suspend',
        productId: productOf(family).productId,
        blockReason: 'unpaid-fee',
        blockKind: 'full-stop',
      },
    ],
  ]);
  // Until ordering has told, charging grants nothing either.
  expect((await network.create(family.numberOf('main'), [{ requested: 1024 }])).status).toBe(403);
  await tell(family, 'product.suspended.v1', [block()]);
  await operator.moveClock('2026-08-03T02:00:00+08:00');
  expect(ordering.actions()).toEqual(['suspend']);
  expect(await auditDifferences(operator)).toEqual([]);

  await topUp(family, '30.00');
  expect(ordering.actions()).toEqual(['suspend', 'resume']);
  expect((await network.create(family.numberOf('main'), [{ requested: 1024 }])).body).toMatchObject({
    cause: 'END_USER_REQUEST_DENIED',
  });
  await tell(family, 'product.resumed.v1', [block({ to: ended })]);
  expect((await network.create(family.numberOf('main'), [{ requested: 1024 }])).status).toBe(201);
  expect(ordering.actions()).toEqual(['suspend', 'resume']);
  expect(await auditDifferences(operator)).toEqual([]);
  await end(family, '2026-08-03T02:00:00+08:00');
});

it('a payment that comes while the stop is under way is followed by the resumption', async () => {
  const family = await sell('2026-08-05T00:00:00+08:00');
  await operator.moveClock('2026-09-03T00:00:00+08:00');
  expect(ordering.actions()).toContain('suspend');
  ordering.refusal = 'product_in_order';
  await topUp(family, '30.00');
  ordering.refusal = null;
  const before = ordering.placed.length;
  await tell(family, 'product.suspended.v1', [block()]);
  expect(ordering.placed.slice(before).map(({ input }) => input.items[0]?.action)).toEqual(['resume']);
  await tell(family, 'product.resumed.v1', [block({ to: ended })]);
  await end(family, '2026-09-03T00:00:00+08:00');
});

it('an order that fails is asked for again with another key, one that ordering could not answer with the same', async () => {
  const family = await sell('2026-09-05T00:00:00+08:00');
  const unheard = await sell('2026-09-05T00:00:00+08:00');
  ordering.unheard.add(unheard.account.accountId);
  await operator.moveClock('2026-10-03T00:00:00+08:00');
  const own = (of = family) =>
    ordering.placed.filter(({ input }) => input.items[0]?.productId === productOf(of).productId);
  expect(own(unheard)).toEqual([]);
  ordering.unheard.clear();
  const [first] = own();
  if (!first) throw new Error('nothing ordered');
  const { lane, customerId } = productOf(family);
  await operator.publish('order.failed.v1', {
    aggregateId: first.orderId,
    lane,
    payload: { orderId: first.orderId, customerId, reason: 'service_order_failed' },
  });
  await operator.settle();
  expect(own()).toHaveLength(1);
  await operator.moveClock('2026-10-03T00:10:00+08:00');
  expect(own().map(({ input }) => input)).toEqual([first.input, first.input]);
  expect(new Set(own().map(({ key }) => key)).size).toBe(2);
  expect(own(unheard)[0]?.key).toBe(`fee-stop/${productOf(unheard).productId}/1/suspend`);
  await tell(family, 'product.suspended.v1', [block()]);
  const subscriberIdentifier = `msisdn-${family.numberOf('main')}`;
  // What was used already is charged all the same.
  const event = { subscriberIdentifier, oneTimeEvent: true, oneTimeEventType: 'PEC' };
  expect((await network.post(CHARGING_DATA, network.body(0, [{ used: 1024 }], event))).status).toBe(201);
  for (const each of [family, unheard]) await end(each, '2026-10-03T00:10:00+08:00');
});

it.each([
  ['full-stop', false, 403],
  ['barred-outgoing', false, 403],
  ['barred-outgoing', true, 201],
] as const)('a %s refuses a new call, incoming %s, with %i', async (kind, isIncoming, status) => {
  const family = await sellFamily(operator, [], { account: { paymentMode: 'prepaid' } });
  await topUp(family, '300.00');
  const { account } = family;
  const sold = await sellFamily(operator, ['main'], {
    from: '2026-10-03T00:10:00+08:00',
    bundle: false,
    online: ['main'],
    account,
  });
  await operator.settle();
  // What the network asks for messages is charged online too.
  sold.products['main'] = { ...productOf(sold), onlineClasses: ['data', 'sms'] };
  await tell(sold, 'product.suspended.v1', [block({ kind, reason: 'customer-wish' })]);
  const answer = await network.post(
    CHARGING_DATA,
    network.body(0, [{ requested: null }], {
      subscriberIdentifier: `msisdn-${sold.numberOf('main')}`,
      chargingId: 77,
      sMSChargingInformation: { sMMessageType: isIncoming ? 'DELIVERY' : 'SUBMISSION' },
    }),
  );
  expect(answer.status).toBe(status);
});

it('a session of a product that is stopped is charged for what it used, gets no more, and is to be cut', async () => {
  const family = await sellFamily(operator, [], { account: { paymentMode: 'prepaid' } });
  await topUp(family, '300.00');
  const { account } = family;
  const sold = await sellFamily(operator, ['main'], {
    from: '2026-10-03T00:10:00+08:00',
    bundle: false,
    online: ['main'],
    account,
  });
  await operator.settle();
  const session = await network.create(sold.numberOf('main'), [{ requested: 1_048_576 }]);
  expect(session.status).toBe(201);
  await tell(sold, 'product.suspended.v1', [block({ reason: 'sim-lost' })]);
  const query = `query ($id: ID!) { sessionsToCut(accountId: $id) { chargingDataRef } }`;
  const { data } = await operator.graphql<{ sessionsToCut: unknown[] }>(
    query,
    { id: account.accountId },
    'operations',
  );
  expect(data?.sessionsToCut).toHaveLength(1);
  const more = await network.post(
    `${CHARGING_DATA}/${session.reference}/update`,
    network.body(1, [{ used: 524_288, requested: 1_048_576 }]),
  );
  expect(more).toMatchObject({
    status: 200,
    body: { multipleUnitInformation: [{ resultCode: 'END_USER_SERVICE_DENIED' }] },
  });
  const end = network.body(2, [{ used: 1024 }]);
  expect((await network.post(`${CHARGING_DATA}/${session.reference}/release`, end)).status).toBe(204);
  const used = await operator.sql(`select units_total from charging.rated_usage where account_id = $1`, [
    account.accountId,
  ]);
  expect(used).toEqual([{ units_total: '513' }]);
});
