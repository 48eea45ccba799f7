import { applyDocuments, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { cancelOrder, orderOf, placeOrder, registerParty, stockByState, type CounterOrder } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

const CLERKS = 64;
const LAST_SIMS = 10;

describe(`${CLERKS} clerks sell the last ${LAST_SIMS} SIMs`, () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let orders: CounterOrder[];

  const sellAtOnce = async (round: string): Promise<CounterOrder[]> => {
    const orderIds = await Promise.all(
      Array.from({ length: CLERKS }, async (_, clerk) => {
        const code = `${round}${clerk + 1}`;
        const party = await registerParty(api, code);
        return placeOrder(api, party, code, { offerings: ['mobile-5g-129'] });
      }),
    );
    await settle(api);
    return Promise.all(orderIds.map((orderId) => orderOf(api, orderId)));
  };

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: LAST_SIMS });
    await settle(api);
    orders = await sellAtOnce('1');
  }, 120_000);
  afterAll(() => operator?.stop());

  it('sells ten and refuses the others cleanly', () => {
    expect(orders.filter((order) => order.state === 'COMPLETED')).toHaveLength(LAST_SIMS);
    const refused = orders.filter((order) => order.state === 'FAILED');
    expect(refused).toHaveLength(CLERKS - LAST_SIMS);
    expect(new Set(refused.map((order) => order.reason?.code))).toEqual(new Set(['out_of_stock']));
    const sims = orders
      .flatMap((order) => order.items.flatMap((item) => item.resources))
      .filter(({ kind }) => kind === 'sim');
    expect(new Set(sims.map((sim) => sim.value)).size).toBe(LAST_SIMS);
  });

  it('holds nothing for those who were refused', async () => {
    const stock = await stockByState(api);
    expect(stock.get('SIM/AVAILABLE') ?? 0).toBe(0);
    expect([stock.get('SIM/HELD') ?? 0, stock.get('MOBILE_NUMBER/HELD') ?? 0]).toEqual([0, 0]);
    expect(stock.get('MOBILE_NUMBER/ASSIGNED')).toBe(LAST_SIMS);
  });

  it('gives everything back when orders are cancelled, so that others may buy', async () => {
    await stockHall(api, { sims: LAST_SIMS, batch: 2 });
    // Elements that do not answer keep the orders open.
    await faults('POST', { mode: 'error', probability: 1, seed: 1 });
    const party = await registerParty(api, '900');
    const open = await Promise.all(
      [1, 2, 3, 4].map((number) => placeOrder(api, party, `900${number}`, { offerings: ['mobile-5g-129'] })),
    );
    await untilAll(open, 'provisioning');
    expect((await stockByState(api)).get('SIM/HELD')).toBe(open.length);
    await Promise.all(open.map((orderId) => cancelOrder(api, orderId)));
    // Once provisioning has been told, it may not finish what it began.
    await untilAll(open, 'recalled');
    await faults('DELETE');
    await settle(api);
    for (const orderId of open) expect((await orderOf(api, orderId)).state).toBe('CANCELLED');
    const stock = await stockByState(api);
    expect(stock.get('SIM/AVAILABLE')).toBe(LAST_SIMS);
    expect(stock.get('MOBILE_NUMBER/HELD') ?? 0).toBe(0);
    const again = await placeOrder(api, party, '9005', { offerings: ['mobile-5g-129'] });
    await settle(api);
    expect((await orderOf(api, again)).state).toBe('COMPLETED');
  });

  async function faults(method: 'POST' | 'DELETE', fault?: object): Promise<void> {
    const body = fault
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) }
      : {};
    await fetch(`${operator.simulatorUrl}/faults`, { method, ...body });
  }

  async function untilAll(orderIds: readonly string[], step: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const steps = (await Promise.all(orderIds.map((orderId) => orderOf(api, orderId)))).map(
        (order) => order.step,
      );
      if (steps.every((each) => each === step)) return;
      if (Date.now() > deadline) throw new Error(`the orders are not all ${step}: ${steps.join(', ')}`);
      await new Promise((wait) => setTimeout(wait, 50));
    }
  }
});
