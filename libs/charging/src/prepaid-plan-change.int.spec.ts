import type { OfferDocument } from '@ronghe/contracts';
import { instantFromIso, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  changeOffer,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from './family.fixture';
import { offerOf, PLAN, publishOffer } from './rerating/rerating.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

/** A prepaid card goes to another plan in the middle of a period: use is priced by its day, and so are fees. */

const CHANGE = '2026-07-11T00:00:00+08:00';

let operator: TestOperator;
let network: NetworkFunction;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-07-01T00:00:00+08:00',
    stubs: { commands: { 'ordering.placeOrder': () => ({ orderId: newId() }) } },
  });
  network = new NetworkFunction(operator);
  await publishDocuments(operator);
  await publishOffer(operator, plan(PLAN, { fee: 'monthly-fee', amount: '31.00', message: '0.10' }));
  await publishOffer(operator, plan('cheap-calls', { fee: 'cheap-fee', amount: '62.00', message: '0.04' }));
  const account = { paymentMode: 'prepaid' as const, openedAt: instantFromIso('2026-07-01T00:00:00+08:00') };
  const opened = await sellFamily(operator, [], { account });
  await operator.settle();
  await topUp(opened, '100.00');
  family = await sellFamily(operator, ['main'], {
    ...{ from: '2026-07-01T00:00:00+08:00', bundle: false, account: opened.account },
    ...{ online: ['main'], onlineClasses: ['sms'] },
  });
  await operator.settle();
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

/** A plan without allowances, whose fee is due in advance. */
function plan(code: string, has: { fee: string; amount: string; message: string }): OfferDocument {
  const document = offerOf(PLAN);
  const [price] = document.recurringPrices;
  if (!price) throw new Error('no fee');
  return {
    ...document,
    ...{ code, discounts: [], allowances: [] },
    recurringPrices: [
      { ...price, code: has.fee, amount: has.amount, timing: 'advance', lastPeriod: 'prorate' },
    ],
    usagePrices: document.usagePrices
      .filter((each) => each.code === 'sms' || each.code === 'voice-out')
      .map((each) =>
        each.code === 'sms'
          ? { ...each, model: { kind: 'per-unit', price: { amount: has.message, per: '1' } } }
          : each,
      ),
  };
}

async function topUp({ account: { accountId } }: Family, amount: string): Promise<void> {
  const paymentId = newId();
  await operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
  await operator.settle();
}

/** What ordering says once the card is on the other plan. */
async function changePlan(): Promise<void> {
  await changeOffer(operator, family, 'main', { code: 'cheap-calls', from: instantFromIso(CHANGE) });
  await operator.settle();
}

const messages = async (count: number) => {
  const answer = await network.post(CHARGING_DATA, {
    ...network.body(0, []),
    subscriberIdentifier: `msisdn-${family.numberOf('main')}`,
    chargingId: count,
    oneTimeEvent: true,
    oneTimeEventType: 'IEC',
    sMSChargingInformation: { recipientInfo: [{ recipientGPSI: 'msisdn-8613900000001' }] },
    multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: count } }],
  });
  return answer.status;
};

async function feesOf(): Promise<string[]> {
  const rows = await operator.sql<Record<string, string>>(
    `select price_code, period, paid, amount, state from charging.prepaid_fee where account_id = $1
     order by period, price_code desc`,
    [family.account.accountId],
  );
  return rows.map(
    (row) => `${row['period']} ${row['price_code']} ${row['paid']}/${row['amount']} ${row['state']}`,
  );
}

async function moneyOf(): Promise<string | undefined> {
  const [row] = await operator.sql<{ remaining: string }>(
    'select remaining from charging.money_bucket where account_id = $1',
    [family.account.accountId],
  );
  return row?.remaining;
}

const rated = () =>
  operator.sql<{ offering_code: string; charge_code: string; amount: string }>(
    `select offering_code, charge_code, amount from charging.rated_usage where account_id = $1 order by used_at`,
    [family.account.accountId],
  );

it('charges the fee by the days of each plan, and gives back what the first was paid for later days', async () => {
  expect(await feesOf()).toEqual(['2026-07 monthly-fee 31000000/31000000 paid']);
  expect(await messages(10)).toBe(201);
  await operator.moveClock(CHANGE);
  await changePlan();
  // Ten days of 31.00 and twenty-one of 62.00, of thirty-one.
  expect(await feesOf()).toEqual([
    '2026-07 monthly-fee 10000000/10000000 paid',
    '2026-07 cheap-fee 42000000/42000000 paid',
  ]);
  // 100.00 less 52.00 of fees and ten messages of 0.10.
  expect(await moneyOf()).toBe('47000000');
});

it('prices what is used after the change by the new plan, online', async () => {
  expect(await messages(5)).toBe(201);
  expect(await rated()).toMatchObject([
    { offering_code: PLAN, amount: '1000000' },
    { offering_code: 'cheap-calls', amount: '200000' },
  ]);
  expect(await moneyOf()).toBe('46800000');
});

it('prices what comes late by the plan of its day', async () => {
  const call = (id: string, at: string) => `${id},voice,main,,${at},60,,`;
  const csv = [call('c1', '2026-07-10T23:59:30+08:00'), call('c2', '2026-07-11T00:00:00+08:00')];
  await deliver(operator, usageCsv(csv, family));
  const calls = (await rated()).filter(({ charge_code: code }) => code === 'voice-out');
  expect(calls).toMatchObject([
    { offering_code: PLAN, amount: '150000' },
    { offering_code: 'cheap-calls', amount: '150000' },
  ]);
  expect(await moneyOf()).toBe('46500000');
});

it('debits the new fee alone from the next period on', async () => {
  await topUp(family, '50.00');
  await operator.moveClock('2026-08-01T00:00:00+08:00');
  expect((await feesOf()).slice(2)).toEqual(['2026-08 cheap-fee 62000000/62000000 paid']);
  expect(await moneyOf()).toBe('34500000');
});
