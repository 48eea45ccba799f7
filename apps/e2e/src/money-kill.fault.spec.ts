import { randomUUID } from 'node:crypto';
import {
  applyDocuments,
  audit,
  closeSource,
  midnight,
  moveClock,
  OperatorApi,
  settle,
} from '@ronghe/journey';
import { addDays, addMonthsClamped, parseLocalDate, type LocalDate } from '@ronghe/kernel';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { Client } from 'pg';
import { productsOf } from './blocks';
import { placeOrder, registerParty, type Party } from './counter';
import { documentFiles } from './demonstration';
import { killedWhile, untilAnswered } from './killed-while';
import {
  balanceOf,
  billsOf,
  creditTwice,
  GATEWAY_SECRET,
  importStatement,
  lateFeesOf,
  newestBill,
  reportPayment,
  stepsOf,
} from './month-of-money';
import { stockHall } from './stock';
import { WebhookReceiver } from './webhook-receiver';

/**
 * Two months of a seed: bills are delivered, paid by bank and gateway, credited by two at once, not paid and dunned, and paid
 * after all. The suite is killed with -9 in each of the four.
 */
const CUSTOMERS = 8;
/** More than one transaction of a statement takes. */
const STATEMENT_LINES = 130;
const RECEIVER_MS = 40;
/** A round has four kills and an operator of its own, and lasts three quarters of a minute. */
const SEEDS_SHARE = 0.15;
const STOP_AFTER_DAYS = 4;

describe('kill -9 while bills are delivered, paid, credited and dunned', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let parties: Party[];
  let receiver: WebhookReceiver;
  const month = parseLocalDate('2026-06-01');

  beforeEach(async () => {
    receiver = new WebhookReceiver(RECEIVER_MS);
    const hook = await receiver.start();
    const environment = { RONGHE_GATEWAY_SECRETS: `wechat=${GATEWAY_SECRET}` };
    operator = await spawnOperator({ shape: 'suite', domains: allDomains, environment });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: CUSTOMERS });
    await settle(api);
    parties = await Promise.all(
      Array.from({ length: CUSTOMERS }, (_, at) => registerParty(api, `${at + 1}`)),
    );
    for (const [at, party] of parties.entries())
      await placeOrder(api, party, `${at + 1}`, { offerings: ['mobile-5g-199'] });
    await settle(api);
    for (const [at, { accountId }] of parties.entries()) {
      const input = { accountId, channel: 'WEBHOOK', address: `${hook}/${at}`, attachments: [] };
      await api.graphql(
        'counter',
        'mutation ($input: SetBillDeliveryInput!, $key: String!) { setBillDelivery(input: $input, idempotencyKey: $key) { channel } }',
        { input, key: `wish/${at}` },
      );
    }
    await settle(api);
  }, 180_000);
  afterEach(async () => {
    await operator?.stop();
    await receiver.stop();
  });

  it.each(faultSeeds(SEEDS_SHARE))(
    'does each once: seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      const moment = (longest: number) => Math.floor(random() * longest);
      const [byBank, byGateway, credited, ...dunned] = parties as [Party, Party, Party, ...Party[]];
      const end = addMonthsClamped(month, 1, 1);

      await toMoment(midnight(end));
      await killedWhile(operator, moment(1_500), () =>
        untilAnswered(() => closeSource(api, midnight(end), `close/${end}`)),
      );
      await expectDelivered();

      const day = end;
      await killedWhile(operator, moment(1_200), () => paying(seed, { byBank, byGateway, credited }, day));
      await settle(api);
      for (const { accountId } of [byBank, byGateway, credited])
        expect(await balanceOf(api, accountId)).toBe('0.00');

      const { dueOn } = await newestBill(api, dunned[0]?.accountId ?? '');
      const stopOn = addDays(parseLocalDate(dueOn), 1 + STOP_AFTER_DAYS);
      await killedWhile(operator, moment(4_000), () => toMoment(midnight(stopOn)));
      await toMoment(midnight(stopOn));
      const steps = ['NOTICE reminder', 'NOTICE warning', 'STOP outgoing-stop'];
      await expectDunned(dunned, steps, 'BARRED_OUTGOING');

      const debts = await Promise.all(dunned.map(({ accountId }) => balanceOf(api, accountId)));
      const receipts = dunned.map(({ accountId }, at) => ({ amount: debts[at] ?? '', remark: accountId }));
      await killedWhile(operator, moment(1_200), () =>
        importStatement(api, `late-${seed}`, receipts, stopOn),
      );
      await settle(api);
      await expectDunned(dunned, [...steps, 'RESUME', 'CLOSED'], null);
      await expectLateFees(dunned, dueOn);
      expect((await audit(api)).differences).toEqual([]);
    },
    300_000,
  );

  /** A clock that is moved on while the suite dies is moved again. */
  const toMoment = (instant: string) => untilAnswered(() => moveClock(api, instant));

  /** A bank statement of many lines, a payment that a gateway reports again and again and somebody forges, two credits at once. */
  async function paying(
    seed: number,
    { byBank, byGateway, credited }: Record<'byBank' | 'byGateway' | 'credited', Party>,
    day: LocalDate,
  ): Promise<void> {
    const [bank, gateway, complaint] = await Promise.all(
      [byBank, byGateway, credited].map(({ accountId }) => untilAnswered(() => newestBill(api, accountId))),
    );
    const [owed, reported, total] = [bank, gateway, complaint].map((bill) => Number(bill?.total));
    const parts = Array.from({ length: STATEMENT_LINES }, () => ({
      amount: '1.00',
      remark: byBank.accountId,
    }));
    const rest = { amount: ((owed ?? 0) - STATEMENT_LINES).toFixed(2), remark: `bill ${bank?.number}` };
    const payment = {
      ...{ transactionId: randomUUID(), accountId: byGateway.accountId, amount: (reported ?? 0).toFixed(2) },
      paidAt: midnight(day),
    };
    const part = ((total ?? 0) * 0.6).toFixed(2);
    const [statement, notes, ...reports] = await Promise.all([
      importStatement(api, `paid-${seed}`, [...parts, rest], day),
      creditTwice(api, complaint?.id ?? '', part),
      ...[1, 2, 3].map(() => reportPayment(operator.url, payment)),
      reportPayment(operator.url, { ...payment, amount: '9999.00' }, 'somebody else’s secret, long enough'),
    ]);
    const lines = STATEMENT_LINES + 1;
    expect(statement).toMatchObject({ lines, matched: lines, unmatched: 0, duplicates: 0 });
    expect([...notes].sort()).toEqual([`-${part}`, 'credit_exceeds_line']);
    expect(reports).toEqual([200, 200, 200, 403]);
    expect(await reportPayment(operator.url, payment)).toBe(200);
    await importStatement(
      api,
      `rest-${seed}`,
      [{ amount: ((total ?? 0) - Number(part)).toFixed(2), remark: credited.accountId }],
      day,
    );
  }

  /** What a killed process had taken in hand is tried again when its lease has ended: here at once. */
  async function expectDelivered(): Promise<void> {
    await settle(api);
    await inDatabase(`update billing.bill_delivery set next_try_at = '2000-01-01' where state = 'waiting'`);
    const deliveries = () =>
      inDatabase<{ state: string; key: string }>(
        `select delivery.state, bill_id || '.' || delivery.no as key from billing.bill
         join billing.bill_delivery as delivery using (lane, bill_id) where bill.total_fen > 0 order by key`,
      );
    await untilAnswered(async () => {
      if ((await deliveries()).some(({ state }) => state !== 'done')) throw new Error('not delivered');
    });
    const rows = await deliveries();
    expect(rows.length % CUSTOMERS).toBe(0);
    const keys = rows.map(({ key }) => key);
    expect([...receiver.calls.keys()].filter((key) => keys.includes(key)).sort()).toEqual(keys);
    // Once for each life of the process at most.
    expect(Math.max(...keys.map((key) => receiver.calls.get(key) ?? 0))).toBeLessThanOrEqual(2);
  }

  /** The newest case of each has just these steps, each once, and the product stands so. */
  async function expectDunned(
    dunned: readonly Party[],
    steps: string[],
    barring: string | null,
  ): Promise<void> {
    for (const party of dunned) {
      const cases = await stepsOf(api, party.accountId);
      expect(cases.filter((each) => JSON.stringify(each) === JSON.stringify(steps)).length).toBeGreaterThan(
        0,
      );
      expect((await productsOf(api, party)).map((product) => product.barring)).toEqual([barring]);
    }
  }

  /** 3‰ a day of each bill that was late, from the day after the last day to pay, is handed to billing once. */
  async function expectLateFees(dunned: readonly Party[], dueOn: string): Promise<void> {
    for (const { accountId } of dunned) {
      const late = (await billsOf(api, accountId)).filter((bill) => bill.dueOn === dueOn);
      const fees = (await lateFeesOf(api, accountId)).filter(({ number }) =>
        late.some((bill) => bill.number === number),
      );
      const expected = late.map(({ number, total }) => {
        const fen = Math.round((Math.round(Number(total) * 100) * 3 * STOP_AFTER_DAYS) / 1000);
        return { number, accrued: (fen / 100).toFixed(2), charged: (fen / 100).toFixed(2), toCharge: '0.00' };
      });
      expect(fees.sort(byNumber)).toEqual(expected.sort(byNumber));
      const both = await inDatabase<{ difference: string }>(
        `select (select coalesce(sum(amount_fen), 0) from receivables.late_fee_charge where account_id = '${accountId}')
              - (select coalesce(sum(amount_fen), 0) from billing.one_time_charge where account_id = '${accountId}') as difference`,
      );
      expect(both).toEqual([{ difference: '0' }]);
    }
  }

  async function inDatabase<R extends object>(text: string): Promise<R[]> {
    const client = new Client({ connectionString: operator.databaseUrl });
    await client.connect();
    try {
      return (await client.query<R>(text)).rows;
    } finally {
      await client.end();
    }
  }
});

function byNumber(a: { number: string }, b: { number: string }): number {
  return a.number < b.number ? -1 : 1;
}
