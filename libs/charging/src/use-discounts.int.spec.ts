import type { DiscountPolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId, type LocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

/** A percentage off for who pays as it uses is in the price: online, from files, rated again, and explained. */

let operator: TestOperator;
let network: NetworkFunction;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  await publish({ from: '2026-06-20', percent: '10' });
  await operator.moveClock('2026-06-25T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

async function publish({ from, percent }: { from: string; percent: string }): Promise<void> {
  const document: DiscountPolicy = {
    ...{ kind: 'discount', code: 'loyal', version: 1, effectiveFrom: from as LocalDate, effectiveTo: null },
    label: { en: 'Loyal', 'zh-CN': '老用户优惠' },
    ...{ scope: 'account', when: [], takes: { percent }, prepaid: 'on-use' },
    ...{
      on: { chargeClasses: null, specifications: null },
      priority: 1,
      exclusiveGroup: null,
      maximum: null,
    },
  };
  const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');
  await operator.publish('policy.published.v1', {
    aggregateId: 'loyal',
    lane: laneOf('loyal'),
    payload: { code: 'loyal', version: 1, document, publishedAt },
  });
  await operator.settle();
}

async function sell(
  paymentMode: 'prepaid' | 'postpaid',
  onlineClasses: string[],
  yuan?: string,
): Promise<Family> {
  const family = await sellFamily(operator, ['main'], {
    online: ['main'],
    onlineClasses,
    account: { paymentMode },
  });
  await operator.settle();
  const { accountId } = family.account;
  const paymentId = newId();
  if (yuan)
    await operator.command('charging.topUp', { accountId, paymentId, amount: yuan }, { key: paymentId });
  return family;
}

const messages = (family: Family, count: number) =>
  network.post(CHARGING_DATA, {
    ...network.body(0, []),
    subscriberIdentifier: `msisdn-${family.numberOf('main')}`,
    chargingId: count,
    oneTimeEvent: true,
    oneTimeEventType: 'IEC',
    sMSChargingInformation: { recipientInfo: [{ recipientGPSI: 'msisdn-8613900000001' }] },
    multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: count } }],
  });

const remaining = async ({ account }: Family) => {
  const [row] = await operator.sql<{ remaining: string }>(
    'select remaining from charging.money_bucket where account_id = $1',
    [account.accountId],
  );
  return row?.remaining;
};

const rated = ({ account }: Family) =>
  operator.sql<{ usage_id: string; amount: string }>(
    'select usage_id, amount from charging.rated_usage where account_id = $1 order by used_at',
    [account.accountId],
  );

it('lets prepaid money pay the discounted price online, to the last message', async () => {
  const family = await sell('prepaid', ['voice', 'sms', 'data'], '0.27');
  // 0.10 a message, 0.09 with 10 % off: three cost 0.27.
  expect((await messages(family, 3)).status).toBe(201);
  expect(await remaining(family)).toBe('0');
  expect(await rated(family)).toMatchObject([{ amount: '270000' }]);
});

it('takes the same from a file, and explains it with the discount', async () => {
  const family = await sell('prepaid', [], '1.00');
  const record = (id: string, at: string) => `${id},sms,main,,${at},,,3`;
  const csv = usageCsv(
    [record('d1', '2026-06-19T23:59:00+08:00'), record('d2', '2026-06-20T00:00:00+08:00')],
    family,
  );
  await deliver(operator, csv);
  // The first is of the day before the discount is in force.
  const usages = await rated(family);
  expect(usages.map(({ amount }) => amount)).toEqual(['300000', '270000']);
  expect(await remaining(family)).toBe('430000');
  const { data } = await operator.graphql<{ explainUsage: { text: string } }>(
    `query ($account: ID!, $usage: ID!) { explainUsage(accountId: $account, usageId: $usage) { matches recomputed text } }`,
    { account: family.account.accountId, usage: usages[1]?.usage_id },
  );
  expect(data?.explainUsage).toMatchObject({ matches: true, recomputed: '0.27' });
  expect(data?.explainUsage.text).toContain('Loyal −10 %');
});

it('leaves the price of who pays by bill, whose discount is on the bill', async () => {
  const family = await sell('postpaid', ['voice', 'sms', 'data']);
  expect((await messages(family, 4)).status).toBe(201);
  expect(await rated(family)).toMatchObject([{ amount: '400000' }]);
});
