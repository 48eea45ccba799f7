import { applyDocuments, ApiRefusal, audit, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { barringAt, productsOf, resumeProducts, suspendProducts, type Block } from './blocks';
import { orderOf, placeOrder, registerParty, type Party } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

/** A busy machine takes its time to start the operator again. */
const AWAY_MS = 60_000;
const blocks: Block[] = [
  { reason: 'DUNNING', kind: 'BARRED_OUTGOING' },
  { reason: 'DUNNING', kind: 'FULL_STOP' },
  { reason: 'SIM_LOST', kind: 'FULL_STOP' },
];

describe('kill -9 between an order that stops products and the network', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let party: Party;
  /** How long such an order takes when nobody disturbs it; the kill falls anywhere in it. */
  let orderMs = 0;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: 10 });
    await settle(api);
    party = await registerParty(api, '1');
    const offerings = ['mobile-5g-199', 'sub-card', 'broadband-line'];
    await placeOrder(api, party, '1', { bundle: 'convergent-199', offerings });
    await settle(api);
    const startedAt = performance.now();
    const wish: Block = { reason: 'CUSTOMER_WISH', kind: 'FULL_STOP' };
    const productIds = (await productsOf(api, party)).map(({ productId }) => productId);
    const orderId = await suspendProducts(api, party, { productIds, ...wish }, 'undisturbed');
    while (!isFinished((await orderOf(api, orderId)).state)) await wait(20);
    orderMs = performance.now() - startedAt;
    await resumeProducts(api, party, { productIds, reason: 'CUSTOMER_WISH' }, 'undisturbed/back');
    await settle(api);
    expect((await productsOf(api, party)).map(({ status }) => status)).toEqual(Array(3).fill('ACTIVE'));
  }, 120_000);
  afterAll(() => operator?.stop());

  it.each(faultSeeds())(
    'restarted, product, service and network agree: seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      for (const [index, block] of shuffled(blocks, random).entries()) {
        await misbehave(random, seed + index);
        const productIds = (await productsOf(api, party)).map(({ productId }) => productId);
        const stopping = ordered(() =>
          suspendProducts(api, party, { productIds, ...block }, `${seed}/${index}/stop`),
        );
        await wait(random() * orderMs);
        await operator.apps.get('suite')?.kill();
        await operator.restart('suite');
        await stopping;
        await fetch(`${operator.simulatorUrl}/faults`, { method: 'DELETE' });
        await settle(api);
        await expectAgreement();
      }
      const products = (await productsOf(api, party)).map(({ productId }) => productId);
      for (const reason of ['DUNNING', 'SIM_LOST'] as const) {
        for (const productId of products) {
          await ordered(() =>
            resumeProducts(api, party, { productIds: [productId], reason }, `${seed}/${reason}/${productId}`),
          );
          await settle(api);
        }
      }
      expect((await productsOf(api, party)).map(({ status }) => status)).toEqual(Array(3).fill('ACTIVE'));
      await expectAgreement();
    },
    300_000,
  );

  /** What stands in ordering stands in provisioning and in every element, and the audit finds nothing. */
  async function expectAgreement(): Promise<void> {
    for (const { card, productId, barring, services } of await productsOf(api, party)) {
      expect([card, services.at(-1)?.barring ?? null]).toEqual([card, barring]);
      const elements = card === 'broadband' ? ['olt', 'aaa'] : ['hlr', 'pcrf'];
      const there = elements.map((element) => barringAt(operator.simulatorUrl, element, productId));
      const expected = barring === null ? 'none' : barring.toLowerCase().replaceAll('_', '-');
      expect([card, await Promise.all(there)]).toEqual([card, elements.map(() => expected)]);
    }
    expect((await audit(api)).differences).toEqual([]);
  }

  /** An element that refuses once for good, or does what it is asked and answers badly. */
  async function misbehave(random: () => number, seed: number): Promise<void> {
    const luck = random();
    if (luck < 0.4) return;
    const element = ['hlr', 'pcrf', 'aaa'][Math.floor(random() * 3)];
    const fault =
      luck < 0.7
        ? { mode: 'refuse', count: 1 }
        : { mode: 'error', applies: true, probability: 0.5, count: 4 };
    await fetch(`${operator.simulatorUrl}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ element, seed, ...fault }),
    });
  }
});

/** Repeats an order with its key until it is answered; that the product stands so already is an answer too. */
async function ordered(call: () => Promise<string>): Promise<void> {
  const deadline = Date.now() + AWAY_MS;
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (error instanceof ApiRefusal) {
        if (['product_blocked_already', 'product_not_blocked'].includes(error.code)) return;
        throw error;
      }
      if (Date.now() > deadline) throw error;
      await wait(250);
    }
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function isFinished(state: string): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELLED'].includes(state);
}

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
