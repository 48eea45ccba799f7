import { applyDocuments, audit, midnight, moveClock, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { barringAt, productsOf, resumeProducts, suspendProducts } from './blocks';
import { orderOf, placeOrder, registerParty, type Party } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

/** A product is stopped and goes on: by the customer's wish, for arrears, for an unpaid fee; in the network and in charging. */
describe('a product that is stopped', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: 20 });
    await settle(api);
  }, 120_000);
  afterAll(() => operator?.stop());

  const barring = (element: string, productId = '') => barringAt(operator.simulatorUrl, element, productId);

  async function done(orderId: string): Promise<void> {
    await settle(api);
    expect((await orderOf(api, orderId)).state).toBe('COMPLETED');
  }

  it('for arrears and a lost SIM goes on when both are settled, with its sub cards', async () => {
    const party = await registerParty(api, '1');
    const offerings = ['mobile-5g-199', 'sub-card', 'broadband-line'];
    await done(await placeOrder(api, party, '1', { bundle: 'convergent-199', offerings }));
    const [main, sub, line] = await productsOf(api, party);
    const [mainId = '', subId = '', lineId = ''] = [main?.productId, sub?.productId, line?.productId];

    const dunning = { reason: 'DUNNING', kind: 'BARRED_OUTGOING' } as const;
    await done(await suspendProducts(api, party, { productIds: [mainId, lineId], ...dunning }, 'arrears'));
    const lost = { reason: 'SIM_LOST', kind: 'FULL_STOP' } as const;
    await done(await suspendProducts(api, party, { productIds: [mainId], ...lost }, 'lost'));
    expect(await productsOf(api, party)).toMatchObject([
      {
        status: 'SUSPENDED',
        barring: 'FULL_STOP',
        services: [{ state: 'BARRED', barring: 'FULL_STOP' }],
      },
      { status: 'SUSPENDED', barring: 'BARRED_OUTGOING' },
      { status: 'SUSPENDED', services: [{ state: 'BARRED', barring: 'BARRED_OUTGOING' }] },
    ]);
    expect(await Promise.all(['hlr', 'pcrf'].map((element) => barring(element, mainId)))).toEqual([
      'full-stop',
      'full-stop',
    ]);
    expect([await barring('hlr', subId), await barring('aaa', lineId)]).toEqual([
      'barred-outgoing',
      'barred-outgoing',
    ]);
    expect((await audit(api)).differences).toEqual([]);

    const paid = { productIds: [mainId, lineId], reason: 'DUNNING' } as const;
    await done(await resumeProducts(api, party, paid, 'paid'));
    expect((await productsOf(api, party)).map(({ status }) => status)).toEqual([
      'SUSPENDED',
      'ACTIVE',
      'ACTIVE',
    ]);
    await done(await resumeProducts(api, party, { productIds: [mainId], reason: 'SIM_LOST' }, 'found'));
    expect([await barring('hlr', mainId), await barring('hlr', subId), await barring('olt', lineId)]).toEqual(
      ['none', 'none', 'none'],
    );
    expect((await audit(api)).differences).toEqual([]);
  }, 120_000);

  it('for an unpaid prepaid fee goes on as soon as the money has come', async () => {
    const party = await registerParty(api, '2', 'PREPAID');
    const input = {
      ...party,
      items: [{ offeringCode: 'prepaid-8', onlineClasses: ['data'] }],
    };
    const { placeOrder: order } = await api.graphql<{ placeOrder: { orderId: string } }>(
      'counter',
      'mutation ($input: OrderInput!, $key: String!) { placeOrder(input: $input, idempotencyKey: $key) { orderId } }',
      { input, key: 'prepaid' },
    );
    await done(order.orderId);
    const [card] = (await orderOf(api, order.orderId)).items;
    const number = card?.resources.find(({ kind }) => kind === 'mobile_number')?.value ?? '';
    const productId = card?.productId ?? '';

    const standing = async () => {
      const [product] = await productsOf(api, party);
      return [product?.status, await barring('hlr', productId), await session(number)];
    };
    // The fee of the month falls due, and 72 hours later nobody has paid it (policy/balance.yaml).
    await topUp(party, '1.00', 'little');
    await settle(api);
    expect((await standing()).slice(0, 2)).toEqual(['ACTIVE', 'none']);
    await moveClock(api, midnight('2026-08-04'));
    await settle(api);
    expect(await standing()).toEqual(['SUSPENDED', 'full-stop', '403']);
    expect((await audit(api)).differences).toEqual([]);

    const before = performance.now();
    await topUp(party, '100.00', 'enough');
    await settle(api);
    expect(await standing()).toEqual(['ACTIVE', 'none', 'created']);
    expect(performance.now() - before).toBeLessThan(60_000);
    expect((await audit(api)).differences).toEqual([]);
  }, 240_000);

  async function topUp({ accountId }: Party, amount: string, key: string): Promise<void> {
    await api.graphql(
      'counter',
      'mutation ($input: TopUpInput!, $key: String!) { topUp(input: $input, idempotencyKey: $key) { state } }',
      { input: { accountId, amount, method: 'CASH' }, key },
    );
  }

  let sessions = 0;

  /** Asks for a data session; the status where it is refused. */
  async function session(number: string): Promise<string> {
    sessions += 1;
    const body = {
      subscriberIdentifier: `msisdn-${number}`,
      nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: 'e2e-smf' },
      invocationTimeStamp: '2026-08-04T00:00:00Z',
      invocationSequenceNumber: 0,
      chargingId: sessions,
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: 1024 } }],
    };
    try {
      await api.rest('partner', 'POST', '/nchf-convergedcharging/v3/chargingdata', body);
      return 'created';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  }
});
