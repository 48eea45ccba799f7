import { applyDocuments, ApiRefusal, audit, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import {
  cancelOrder,
  orderOf,
  placeOrder,
  registerParty,
  stockByState,
  type CounterOrder,
  type Party,
} from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

const ORDERS_PER_ROUND = 4;
const SIMS = 400;
/** A busy machine takes its time to start the operator again. */
const AWAY_MS = 60_000;
const family = [
  'mobile-5g-199',
  'sub-card',
  'sub-card',
  'broadband-line',
  'iptv-set',
  'fixed-line',
  'family-cloud',
];

/** Elements that a product of each role is switched on at, as policy/provisioning.yaml says. */
const elementsOfRole: Record<string, string[]> = {
  MAIN: ['hlr', 'pcrf'],
  SUB: ['hlr', 'pcrf'],
  BROADBAND: ['olt', 'aaa'],
  IPTV: ['iptv-platform', 'stb-manager'],
  FIXED: ['ims'],
  CLOUD: [],
};

describe('kill -9 at any step of an order', () => {
  const seeds = faultSeeds();
  const orderIds: string[] = [];
  let operator: SpawnedOperator;
  let api: OperatorApi;
  /** How long an order takes here when nobody disturbs it; the kill falls anywhere in it. */
  let orderMs = 0;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: SIMS });
    await settle(api);
    orderIds.push(await undisturbed());
  }, 120_000);
  afterAll(() => operator?.stop());

  it.each(seeds)(
    'restarted, ends complete or clean: seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      const parties = await Promise.all(
        Array.from({ length: ORDERS_PER_ROUND }, (_, index) => registerParty(api, codeOf(seed, index))),
      );
      await misbehave(random, seed);
      const placing = parties.map((party, index) => sell(party, codeOf(seed, index), random()));
      await wait(random() * orderMs);
      await operator.apps.get('suite')?.kill();
      await operator.restart('suite');
      orderIds.push(...(await Promise.all(placing)));
      await fetch(`${operator.simulatorUrl}/faults`, { method: 'DELETE' });
      await settle(api);

      const orders = await Promise.all(orderIds.map((orderId) => orderOf(api, orderId)));
      expect(orders.map((order) => order.state).filter((state) => !isFinished(state))).toEqual([]);
      await expectNetwork(orders);
      await expectStock(orders);
      expect((await audit(api)).differences).toEqual([]);
    },
    150_000,
  );

  /** One order that nobody disturbs: it completes, and shows how long that takes. */
  async function undisturbed(): Promise<string> {
    const party = await registerParty(api, '1');
    const startedAt = performance.now();
    const orderId = await placeOrder(api, party, '1', { bundle: 'convergent-199', offerings: family });
    while (!isFinished((await orderOf(api, orderId)).state)) await wait(20);
    orderMs = performance.now() - startedAt;
    expect((await orderOf(api, orderId)).state).toBe('COMPLETED');
    return orderId;
  }

  /** Places an order, and sometimes cancels it; the calls are repeated until the operator answers. */
  async function sell(party: Party, code: string, luck: number): Promise<string> {
    const wish = { bundle: 'convergent-199', offerings: family };
    const orderId = await untilAnswered(() => placeOrder(api, party, code, wish));
    if (luck < 0.4) {
      await wait(luck * orderMs);
      await untilAnswered(() => cancelOrder(api, orderId)).catch((error: unknown) => {
        if (!(error instanceof ApiRefusal) || error.code !== 'order_not_cancellable') throw error;
      });
    }
    return orderId;
  }

  /** An element that refuses one request for good, or does what it is asked and answers badly. */
  async function misbehave(random: () => number, seed: number): Promise<void> {
    const luck = random();
    if (luck < 0.5) return;
    const element = ['hlr', 'olt', 'stb-manager', 'ims'][Math.floor(random() * 4)];
    const fault =
      luck < 0.75
        ? { mode: 'refuse', count: 1 }
        : { mode: 'error', applies: true, probability: 0.5, count: 4 };
    await fetch(`${operator.simulatorUrl}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ element, seed, ...fault }),
    });
  }

  /** The network has exactly the services of the orders that were completed. */
  async function expectNetwork(orders: readonly CounterOrder[]): Promise<void> {
    const names = new Map(
      orders.flatMap((order) =>
        order.items.map((item) => [item.productId, `${item.card} of ${order.orderId} (${order.state})`]),
      ),
    );
    const items = orders.filter((order) => order.state === 'COMPLETED').flatMap((order) => order.items);
    expect(items.filter((item) => item.product?.status !== 'ACTIVE')).toEqual([]);
    for (const element of new Set(Object.values(elementsOfRole).flat())) {
      const response = await fetch(`${operator.simulatorUrl}/elements/${element}/subscriptions`);
      const there = (await response.json()) as { subscriptionId: string }[];
      const expected = items.filter((item) => elementsOfRole[item.role]?.includes(element));
      expect([
        element,
        there.map((each) => names.get(each.subscriptionId) ?? each.subscriptionId).sort(),
      ]).toEqual([element, expected.map((item) => names.get(item.productId)).sort()]);
    }
  }

  /** Nothing is held, what is assigned belongs to an order that was completed, and SIMs are as many as ever. */
  async function expectStock(orders: readonly CounterOrder[]): Promise<void> {
    const stock = await stockByState(api);
    const sold = orders
      .filter((order) => order.state === 'COMPLETED')
      .flatMap((order) => order.items.flatMap((item) => item.resources));
    for (const kind of ['MOBILE_NUMBER', 'SIM', 'OPTICAL_TERMINAL', 'SET_TOP_BOX', 'FIXED_NUMBER']) {
      const soldOfKind = sold.filter((resource) => resource.kind === kind.toLowerCase());
      expect([kind, stock.get(`${kind}/HELD`) ?? 0]).toEqual([kind, 0]);
      expect([kind, stock.get(`${kind}/ASSIGNED`) ?? 0]).toEqual([kind, soldOfKind.length]);
      expect(new Set(soldOfKind.map((resource) => resource.value)).size).toBe(soldOfKind.length);
    }
    expect((stock.get('SIM/AVAILABLE') ?? 0) + (stock.get('SIM/ASSIGNED') ?? 0)).toBe(SIMS);
  }
});

function codeOf(seed: number, index: number): string {
  return `${seed}${index}`;
}

function isFinished(state: string): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELLED'].includes(state);
}

/** Repeats a call while the operator is away: a clerk who presses the button again, with the same key. */
async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + AWAY_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof ApiRefusal || Date.now() > deadline) throw error;
      await wait(250);
    }
  }
}

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
