import {
  applyDocuments,
  audit,
  closeSource,
  midnight,
  moveClock,
  OperatorApi,
  settle,
} from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { barringAt, productsOf } from './blocks';
import { placeOrder, registerParty, type Party } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

interface Dunned {
  balance: string;
  dunning: {
    overdue: string;
    overdueDays: number | null;
    cases: { service: string; stop: string; steps: { kind: string; state: string | null; at: string }[] }[];
    next: { service: string; kind: string; state: string; at: string }[];
  } | null;
  lateFees: { number: string; accrued: string; charged: string; toCharge: string }[];
}

/** From the first unpaid bill to the stop, the payment and the late fee; and to the end of a line. All through the public API. */
describe('a customer who does not pay', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let party: Party;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: 5 });
    await moveClock(api, midnight('2026-06-01'));
    party = await registerParty(api, '1');
    const offerings = ['mobile-5g-199', 'broadband-line'];
    await placeOrder(api, party, '1', { bundle: 'convergent-199', offerings });
    await settle(api);
    expect((await productsOf(api, party)).map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
  }, 180_000);
  afterAll(() => operator?.stop());

  async function standing(): Promise<Dunned> {
    const { account } = await api.graphql<{ account: Dunned }>(
      'counter',
      `query ($id: ID!) { account(accountId: $id) { balance
         dunning { overdue overdueDays cases { service stop steps { kind state at } } next { service kind state at } }
         lateFees { number accrued charged toCharge } } }`,
      { id: party.accountId },
    );
    return account;
  }

  async function bills() {
    const { bills: page } = await api.graphql<{
      bills: {
        nodes: {
          period: string;
          total: string;
          lines: { chargeClass: string; net: string; taxPercent: string }[];
        }[];
      };
    }>(
      'billing',
      `query ($accountId: ID!) { bills(accountId: $accountId) { nodes { period total lines { chargeClass net taxPercent } } } }`,
      { accountId: party.accountId },
    );
    return page.nodes;
  }

  const lateFeesOf = async (period: string) =>
    (await bills())
      .filter((bill) => bill.period === period)
      .flatMap(({ lines }) => lines.filter(({ chargeClass }) => chargeClass === 'late fee'));

  async function endOfMonth(next: string): Promise<void> {
    await moveClock(api, midnight(next));
    await settle(api);
    await closeSource(api, midnight(next), `close/${next}`);
    await settle(api);
  }

  async function stands(): Promise<(string | null)[]> {
    return (await productsOf(api, party)).map(({ barring }) => barring);
  }

  async function to(instant: string): Promise<void> {
    await moveClock(api, instant);
    await settle(api);
  }

  it('is reminded, stopped by service class, resumed by the payment, and pays for the days', async () => {
    await endOfMonth('2026-07-01');
    const [june] = await bills();
    expect(june).toMatchObject({ period: '2026-06', total: '159.00' });
    expect((await standing()).dunning?.next).toEqual([
      { service: 'MOBILE', kind: 'NOTICE', state: 'reminder', at: '2026-07-30T16:00:00.000Z' },
      { service: 'BROADBAND', kind: 'NOTICE', state: 'reminder', at: '2026-07-30T16:00:00.000Z' },
    ]);
    // Due to the 30th of July: late from the 31st. A day of it, 159.00 × 3‰, is on the bill of July.
    await endOfMonth('2026-08-01');
    expect(await lateFeesOf('2026-07')).toEqual([{ chargeClass: 'late fee', net: '0.48', taxPercent: '9' }]);
    await to('2026-08-03T23:59:59+08:00');
    expect(await stands()).toEqual([null, null]);
    await to(midnight('2026-08-04'));
    expect(await stands()).toEqual(['BARRED_OUTGOING', null]);
    await to(midnight('2026-08-19'));
    expect(await stands()).toEqual(['FULL_STOP', null]);
    await to(midnight('2026-08-20'));
    const { balance, dunning } = await standing();
    expect(dunning).toMatchObject({ overdue: '159.00', overdueDays: 20 });
    await api.graphql(
      'counter',
      'mutation ($input: RecordPaymentInput!, $key: String!) { recordPayment(input: $input, idempotencyKey: $key) { paymentId } }',
      { input: { accountId: party.accountId, amount: balance, method: 'CASH' }, key: 'pay' },
    );
    await settle(api);
    // The clock has not moved: service goes on with the payment.
    expect(await stands()).toEqual([null, null]);
    const [main] = await productsOf(api, party);
    expect(await barringAt(operator.simulatorUrl, 'hlr', main?.productId ?? '')).toBe('none');
    const mobile = (await standing()).dunning?.cases.find(({ service }) => service === 'MOBILE');
    expect(mobile?.steps.map(({ kind, state }) => [kind, state])).toEqual([
      ['NOTICE', 'reminder'],
      ['NOTICE', 'warning'],
      ['STOP', 'outgoing-stop'],
      ['STOP', 'full-stop'],
      ['RESUME', null],
      ['CLOSED', null],
    ]);
    // 159.00 × 3‰ × 20 days = 9.54, of which 0.48 were on the bill before.
    await endOfMonth('2026-09-01');
    expect(await lateFeesOf('2026-08')).toEqual([{ chargeClass: 'late fee', net: '9.06', taxPercent: '9' }]);
    expect((await audit(api)).differences).toEqual([]);
  }, 300_000);

  it('keeps a broadband line for 30 days overdue and 60 days stopped, and then loses it', async () => {
    // The bill of August is late from the 1st of October.
    await to('2026-10-30T23:59:59+08:00');
    expect(await stands()).toEqual(['FULL_STOP', null]);
    await to(midnight('2026-10-31'));
    expect(await stands()).toEqual(['FULL_STOP', 'FULL_STOP']);
    await to('2026-12-29T23:59:59+08:00');
    expect((await productsOf(api, party)).map(({ status }) => status)).toEqual(['SUSPENDED', 'SUSPENDED']);
    expect((await standing()).dunning?.next).toContainEqual({
      ...{ service: 'BROADBAND', kind: 'STOP', state: 'termination', at: '2026-12-29T16:00:00.000Z' },
    });
    await to(midnight('2026-12-30'));
    const products = await productsOf(api, party);
    expect(products.map(({ card, status }) => [card, status])).toEqual([
      ['main', 'SUSPENDED'],
      ['broadband', 'TERMINATED'],
    ]);
    expect((await audit(api)).differences).toEqual([]);
  }, 300_000);
});
